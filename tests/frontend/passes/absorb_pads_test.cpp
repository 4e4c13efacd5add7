#include <doctest/doctest.h>

#include <limits>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

Tensors tensors(const std::vector<std::int64_t>& pads, float value = 0) {
  return {{"p", Tensor::of(ElementType::int64, {8}, pads)},
          {"v", Tensor::of<float>(ElementType::float32, {}, {value})},
          {"w", random_tensor({ElementType::float32, {3, 2, 3, 3}}, 1)}};
}

std::size_t changes(const std::string& middle, const Tensors& initializers) {
  return run_pass("absorb-pads", "g (float[1,2,6,6] x) => (float[] y) { " + middle + " }", initializers).changes;
}

}  // namespace

TEST_CASE("absorb-pads goes into a convolution, on top of its own pads") {
  const auto t = tensors({0, 0, 0, 1, 0, 0, 2, 0});
  CHECK(changes("a = Pad(x, p, v) y = Conv <strides = [2, 2]> (a, w)", t) == 1);
  CHECK(changes("a = Pad(x, p, v) y = Conv <pads = [1, 1, 1, 1]> (a, w)", t) == 1);
  CHECK(changes("a = Pad(x, p) y = Conv <auto_pad = \"VALID\"> (a, w)", t) == 1);
}

TEST_CASE("absorb-pads leaves other values, other axes, cropping and pads that are computed") {
  const auto t = tensors({0, 0, 0, 1, 0, 0, 2, 0});
  CHECK(changes("a = Pad(x, p, v) y = Conv(a, w)", tensors({0, 0, 0, 1, 0, 0, 2, 0}, 1)) == 0);
  CHECK(changes("a = Pad(x, p) y = Conv(a, w)", tensors({0, 0, 0, -1, 0, 0, 2, 0})) == 0);
  CHECK(changes("a = Pad(x, p) y = MaxPool <kernel_shape = [2, 2]> (a)", tensors({0, 1, 0, 0, 0, 0, 1, 0})) == 0);
  CHECK(changes("a = Pad <mode = \"reflect\"> (x, p) y = Conv(a, w)", t) == 0);
  CHECK(changes("a = Pad(x, p, v) y = Conv <auto_pad = \"SAME_UPPER\"> (a, w)", t) == 0);
}

TEST_CASE("absorb-pads goes into pools where the padding counts alike") {
  const auto t = tensors({0, 0, 1, 1, 0, 0, 1, 0});
  const float infinity = std::numeric_limits<float>::infinity();
  CHECK(changes("a = Pad(x, p) y = AveragePool <kernel_shape = [3, 3]> (a)", t) == 1);
  CHECK(changes("a = Pad(x, p) y = AveragePool <kernel_shape = [3, 3], pads = [1, 1, 1, 1]> (a)", t) == 0);
  CHECK(changes("a = Pad(x, p) y = MaxPool <kernel_shape = [3, 3]> (a)", t) == 0);
  CHECK(changes("a = Pad(x, p, v) y = MaxPool <kernel_shape = [3, 3]> (a)",
                tensors({0, 0, 1, 1, 0, 0, 1, 0}, -infinity)) == 1);
  CHECK(changes("r = Relu(x) a = Pad(r, p) y = MaxPool <kernel_shape = [3, 3]> (a)", t) == 1);
  CHECK(changes("r = Relu(x) a = Pad(r, p) y = MaxPool <kernel_shape = [2, 2]> (a)",
                tensors({0, 0, 2, 0, 0, 0, 0, 0})) == 0);
}

}  // namespace sluice::test
