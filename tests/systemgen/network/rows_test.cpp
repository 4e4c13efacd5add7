#include "systemgen/network/rows.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

/// y[h] is made of x[c][stride * h + k - pad][w] for all c, w and k < size.
Kernel window(const Shape& shape, std::int64_t outputs, std::int64_t size, std::int64_t stride, std::int64_t pad) {
  Kernel kernel;
  kernel.name = "window";
  const auto x = add_array(kernel, {"x", kByte, shape, ArrayRole::input, "x", {}});
  add_array(kernel, {"y", kByte, {outputs}, ArrayRole::output, "y", {}});
  kernel.token_loops.push_back({"h", outputs});
  NestBuilder nest(kernel, "sum");
  const auto c = nest.loop("c", shape[0]);
  const auto k = nest.loop("k", size);
  const auto w = nest.loop("w", shape[2]);
  const auto row = nest.token(0) * stride + k - AffineExpr(pad);
  const auto value = nest.load(x, {c, row, w}, nest.guard(in_range(row, shape[1])));
  nest.store(ArrayId(1), {nest.token(0)}, value);
  return kernel;
}

}  // namespace

TEST_CASE("a window that slides over rows needs those below it and leaves those above") {
  const auto use = row_use(window({3, 5, 4}, 5, 3, 1, 1), "x", ArrayRole::input, {5, 4});
  CHECK(use.reached == std::vector<std::int64_t>{2, 3, 4, 5, 5});
  CHECK(use.left == std::vector<std::int64_t>{0, 1, 2, 3, 5});
  CHECK(working_set(use) == 3);
}

TEST_CASE("strides skip rows, and what is never read is left at the end") {
  const auto use = row_use(window({1, 7, 2}, 2, 2, 3, 0), "x", ArrayRole::input, {7, 2});
  CHECK(use.reached == std::vector<std::int64_t>{2, 5});
  CHECK(use.left == std::vector<std::int64_t>{3, 7});
}

TEST_CASE("a tensor in one row is needed as a whole by the first firing and left by the last") {
  const auto use = row_use(window({3, 5, 4}, 5, 3, 1, 1), "x", ArrayRole::input, one_row(60));
  CHECK(use.reached == std::vector<std::int64_t>{1, 1, 1, 1, 1});
  CHECK(use.left == std::vector<std::int64_t>{0, 0, 0, 0, 1});
}

TEST_CASE("what a guard keeps to some firings is needed and left in those") {
  Kernel kernel = window({3, 5, 4}, 5, 1, 1, 0);
  auto& store = kernel.nests[0].body.back();
  store.index = {0};
  kernel.nests[0].body.insert(kernel.nests[0].body.end() - 1,
                              {.code = Opcode::guard,
                               .type = ScalarType::boolean(),
                               .conditions = {is_zero(AffineExpr::iterator(0) - AffineExpr(3))}});
  kernel.nests[0].body.back().operands.emplace_back(kernel.nests[0].body.size() - 2);
  const auto use = row_use(kernel, "y", ArrayRole::output, one_row(5));
  CHECK(use.reached == std::vector<std::int64_t>{0, 0, 0, 1, 1});
  CHECK(use.left == std::vector<std::int64_t>{0, 0, 0, 1, 1});
}

TEST_CASE("a stream in row-major order completes rows below others only at its end") {
  const auto use = row_use(12, {3, 2});
  CHECK(use.reached == std::vector<std::int64_t>{1, 2, 3, 3, 3, 3});
  CHECK(use.left == std::vector<std::int64_t>{0, 0, 0, 1, 2, 3});
}

TEST_CASE("rows are neighbouring dimensions that are not dealt out over banks") {
  Banking banking = one_bank({2, 3, 1, 4, 5});
  const auto of = [&](const Rows& rows) { return row_dimensions(banking, rows); };
  REQUIRE(of({12, 5}).has_value());
  CHECK(of({12, 5})->first == 1);
  CHECK(of({12, 5})->end == 4);
  CHECK(of({24, 5})->first == 0);
  CHECK_FALSE(of({8, 5}).has_value());
  banking.dimensions[3] = {2, 2};
  CHECK_FALSE(of({12, 5}).has_value());
  CHECK(of({6, 20}).has_value());
}
