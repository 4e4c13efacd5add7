#include "systemgen/choose/kernel_front.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

/// Eight firings of y = 3 * the sum of 32 bytes.
Kernel sums() {
  Kernel kernel;
  kernel.name = "sums";
  kernel.token_loops.push_back({"t", 8});
  const auto x = add_array(kernel, {"x", kByte, {8, 32}, ArrayRole::input, "x", nullptr});
  const auto y = add_array(kernel, {"y", kByte, {8}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "sum");
  const auto i = nest.loop("i", 32);
  const auto term = nest.load(x, {nest.token(0), i});
  const auto before = nest.delay(kByte, 1);
  const auto start = nest.select(nest.guard({is_zero(i)}), nest.integer(kByte, 0), before);
  const auto sum = nest.add(start, term);
  nest.close(before, sum);
  nest.store(y, {nest.token(0)}, nest.multiply(sum, nest.integer(kByte, 3)), nest.guard({is_zero(i - 31)}));
  return kernel;
}

/// And a nest that has a product in each of 32 iterations.
Kernel sums_and_products() {
  Kernel kernel = sums();
  const auto z = add_array(kernel, {"z", kByte, {8, 32}, ArrayRole::output, "z", nullptr});
  NestBuilder nest(kernel, "product");
  const auto i = nest.loop("i", 32);
  nest.store(z, {nest.token(0), i}, nest.multiply(nest.load(ArrayId(0), {nest.token(0), i}), nest.integer(kByte, 5)));
  return kernel;
}

}  // namespace

TEST_CASE("a sum has as few lanes as iterations ask for, though none needs a multiplier") {
  FrontOptions options{.most_lanes = 8};
  options.allowed = [](std::size_t, std::size_t, std::int64_t lanes) { return (lanes & (lanes - 1)) == 0; };
  const auto front = kernel_front(sums(), options);
  REQUIRE(front.size() == 4);
  CHECK(front[0].parallelism == no_parallelism(sums()));
  for (std::size_t p = 0; p < front.size(); ++p) {
    CAPTURE(p);
    CHECK(front[p].multipliers == 1);
    CHECK(front[p].lanes == 1 << p);
    CHECK(front[p].iterations == 256 >> p);
  }
}

TEST_CASE("nests whose lanes need no multipliers have them with any number of multipliers") {
  const auto front = kernel_front(sums_and_products(), {.most_lanes = 32});
  const auto fastest_with = [&](std::int64_t multipliers) {
    const KernelPoint* best = &front.front();
    for (const auto& point : front) {
      if (point.multipliers <= multipliers) best = &point;
    }
    return best->iterations;
  };
  CHECK(front.front().iterations == 512);
  CHECK(fastest_with(1) == 8 + 256);
  CHECK(fastest_with(2) == 8 + 128);
  CHECK(front.back().iterations == 8 + 8);
  for (std::size_t p = 1; p < front.size(); ++p) {
    CHECK(front[p].iterations < front[p - 1].iterations);
    CHECK(front[p].multipliers >= front[p - 1].multipliers);
  }
}
