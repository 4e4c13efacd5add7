#include "systemgen/choose/shared_tensors.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kType = ScalarType::signed_integer(8);

/// y[c][o] = x[c][2 * o + k] for all k, or whatever the index is.
Kernel window(const std::string& from, const std::string& to, std::int64_t size, std::int64_t stride) {
  Kernel kernel{.name = to};
  const ArrayId x = add_array(kernel, {from, kType, {6, size}, ArrayRole::input, from, {}});
  const ArrayId y = add_array(kernel, {to, kType, {6, size / stride}, ArrayRole::output, to, {}});
  NestBuilder nest(kernel, "window");
  const AffineExpr c = nest.loop("c", 6), o = nest.loop("o", size / stride), k = nest.loop("k", 2);
  const auto inside = nest.guard(in_range(o * stride + k, size));
  nest.store(y, {c, o}, nest.load(x, {c, o * stride + k}, inside), nest.guard({is_zero(k - 1)}));
  return kernel;
}

Kernel flat(const std::string& from, std::int64_t size) {
  Kernel kernel{.name = "flat"};
  const ArrayId x = add_array(kernel, {from, kType, {size}, ArrayRole::input, from, {}});
  const ArrayId y = add_array(kernel, {"z", kType, {size}, ArrayRole::output, "z", {}});
  NestBuilder nest(kernel, "flat");
  const AffineExpr i = nest.loop("i", size);
  nest.store(y, {i}, nest.load(x, {i}));
  return kernel;
}

constexpr std::size_t kChannels = 1, kPositions = 2, kTaps = 3;  // loop 0 is of the firings

}  // namespace

TEST_CASE("lanes of a shared tensor make blocks that others fit into") {
  const std::vector<Kernel> kernels{window("a", "b", 16, 1), window("b", "c", 16, 2)};
  const SharedTensors shared(kernels);
  CHECK(shared.allows(kernels[0], 0, kChannels, 3));
  CHECK(shared.allows(kernels[0], 0, kChannels, 4));  // blocks of 2
  CHECK(shared.allows(kernels[0], 0, kPositions, 4));
  CHECK(shared.allows(kernels[0], 0, kPositions, 3));  // blocks of 6 in 16: of 2, if others have 4 or 8
  CHECK(shared.allows(kernels[1], 0, kPositions, 4));
  CHECK(shared.allows(kernels[0], 0, kTaps, 2));        // only the tensor a has an index with the taps
  CHECK_FALSE(shared.allows(kernels[1], 0, kTaps, 2));  // every other element of b
}

TEST_CASE("lanes of what nobody shares are free") {
  const std::vector<Kernel> kernels{window("a", "b", 16, 2)};
  const SharedTensors shared(kernels);
  CHECK(shared.allows(kernels[0], 0, kChannels, 4));
  CHECK(shared.allows(kernels[0], 0, kTaps, 2));
}

TEST_CASE("where a view joins dimensions only the outermost has lanes") {
  const std::vector<Kernel> kernels{window("a", "b", 16, 1), flat("b", 6 * 16)};
  const SharedTensors shared(kernels);
  CHECK(shared.allows(kernels[0], 0, kChannels, 2));
  CHECK_FALSE(shared.allows(kernels[0], 0, kPositions, 2));
  CHECK(shared.allows(kernels[1], 0, 1, 3));
  CHECK_FALSE(shared.allows(kernels[1], 0, 1, 12));
}
