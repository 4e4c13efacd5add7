#include "systemgen/choose/stream_limits.hpp"

#include <doctest/doctest.h>

#include <array>

#include "core/kernel/builder.hpp"
#include "systemgen/choose/streamed_beats.hpp"

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

std::int64_t beats(StreamLimits& limits, std::int64_t channels, std::int64_t columns) {
  const std::array<std::int64_t, 3> lanes{1, channels, columns};
  return limits.beats(0, lanes);
}

}  // namespace

TEST_CASE("beats have as many elements as banks for the lanes have together") {
  const Kernel kernel = copy_kernel("x");
  StreamLimits limits(kernel, streamed_tensors({kernel}), 64);
  CHECK(beats(limits, 1, 1) == 48 / 8);   // any eight elements of one bank
  CHECK(beats(limits, 4, 1) == 48 / 4);   // channels of twelve
  CHECK(beats(limits, 1, 4) == 48);       // blocks of three
  CHECK(beats(limits, 1, 3) == 48 / 4);   // blocks of four
  CHECK(beats(limits, 1, 6) == 48 / 6);   // three blocks of two
  CHECK(beats(limits, 1, 12) == 48 / 6);  // blocks of one, six of twelve
  StreamLimits narrow(kernel, streamed_tensors({kernel}), 16);
  CHECK(beats(narrow, 1, 1) == 48 / 2);
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
  const auto streamed = streamed_tensors({maker, user, inner, last});
  StreamLimits of_inner(inner, streamed, 8);
  StreamLimits of_user(user, streamed, 8);
  CHECK(beats(of_inner, 1, 1) == 0);
  CHECK(beats(of_user, 1, 1) == 48);
}
