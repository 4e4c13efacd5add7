#include "systemgen/choose/stream_limits.hpp"

#include <doctest/doctest.h>

#include <array>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

/// y[c][w] = x[c][w] on bytes, row by row of [4, 12]; both come from outside, or x comes from another kernel.
Kernel copy_kernel(const std::string& from) {
  Kernel kernel;
  kernel.name = "copy";
  const ScalarType byte = ScalarType::unsigned_integer(8);
  const auto x = add_array(kernel, {"x", byte, {4, 12}, ArrayRole::input, from, {}});
  const auto y = add_array(kernel, {"y", byte, {4, 12}, ArrayRole::output, "y", {}});
  NestBuilder nest(kernel, "copy");
  const auto c = nest.loop("c", 4);
  const auto w = nest.loop("w", 12);
  nest.store(y, {c, w}, nest.load(x, {c, w}));
  return kernel;
}

std::int64_t beats(StreamLimits& limits, const Kernel& kernel, std::int64_t channels, std::int64_t columns) {
  const std::array<std::int64_t, 3> lanes{1, channels, columns};
  return limits.beats(kernel, 0, lanes);
}

}  // namespace

TEST_CASE("beats have as many elements as banks for the lanes have together") {
  const Kernel kernel = copy_kernel("x");
  StreamLimits limits({kernel}, 64);
  CHECK(beats(limits, kernel, 1, 1) == 48 / 8);   // any eight elements of one bank
  CHECK(beats(limits, kernel, 4, 1) == 48 / 4);   // channels of twelve
  CHECK(beats(limits, kernel, 1, 4) == 48);       // blocks of three
  CHECK(beats(limits, kernel, 1, 3) == 48 / 4);   // blocks of four
  CHECK(beats(limits, kernel, 1, 6) == 48 / 6);   // three blocks of two
  CHECK(beats(limits, kernel, 1, 12) == 48 / 6);  // blocks of one, six of twelve
  StreamLimits narrow({kernel}, 16);
  CHECK(beats(narrow, kernel, 1, 1) == 48 / 2);
}

TEST_CASE("only tensors that are streamed limit a kernel") {
  Kernel maker = copy_kernel("x");
  maker.name = "maker";
  maker.arrays[1].tensor = "between";
  Kernel user = copy_kernel("between");
  user.name = "user";
  Kernel inner = copy_kernel("between");
  inner.name = "inner";
  inner.arrays[1].tensor = "also_between";
  Kernel last = copy_kernel("also_between");
  last.name = "last";
  StreamLimits limits({maker, user, inner, last}, 8);
  CHECK(beats(limits, inner, 1, 1) == 0);
  CHECK(beats(limits, user, 1, 1) == 48);
}
