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
  const auto use = row_use({}, 12, {3, 2});
  CHECK(use.reached == std::vector<std::int64_t>{1, 2, 3, 3, 3, 3});
  CHECK(use.left == std::vector<std::int64_t>{0, 0, 0, 1, 2, 3});
}

TEST_CASE("a stream of pixels completes rows of all channels one after another") {
  const StreamOrder order = stream_order(StreamLayout::channels_last, {1, 2, 3, 2});
  CHECK(run_length(order, {3, 2}) == 4);
  const auto use = row_use(order, 12, {3, 2});
  CHECK(use.reached == std::vector<std::int64_t>{1, 2, 3});
  CHECK(use.left == std::vector<std::int64_t>{1, 2, 3});
  CHECK(working_set(row_use(order, 12, {2, 6})) == 2);  // a row for each channel
}

TEST_CASE("a run of a stream is in one row, and all rows are its runs") {
  for (const Shape& shape : {Shape{1, 3, 4, 6}, Shape{2, 2, 6}, Shape{2, 4, 3, 2, 2}, Shape{4, 6}}) {
    const std::int64_t elements = element_count(shape);
    for (const auto layout : {StreamLayout::row_major, StreamLayout::channels_last}) {
      const StreamOrder order = stream_order(layout, shape);
      for (std::int64_t inner = 1; inner <= elements; ++inner) {
        for (std::int64_t count = 1; elements % inner == 0 && count <= elements / inner; ++count) {
          const Rows rows = count == 1 ? one_row(elements) : Rows{count, inner};
          if (elements % (rows.inner * rows.count) != 0) continue;
          CAPTURE(to_string(shape));
          CAPTURE(to_string(layout));
          CAPTURE(rows.count);
          CAPTURE(rows.inner);
          const auto run = run_length(order, rows);
          REQUIRE(elements % run == 0);
          bool together = true;
          for (std::int64_t place = 0; place < elements; ++place) {
            const auto row = [&](std::int64_t at) { return order.element(at) / rows.inner % rows.count; };
            together = together && row(place) == row(place - place % run);
          }
          CHECK(together);
          CHECK(std::ssize(row_use(order, elements, rows).reached) == elements / run);
        }
      }
    }
  }
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
