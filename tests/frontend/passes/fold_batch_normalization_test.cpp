#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

Tensor floats(const Shape& shape, std::uint32_t seed) { return random_tensor({ElementType::float32, shape}, seed); }

Tensors parameters(std::int64_t channels, Tensors more) {
  more.emplace("scale", floats({channels}, 11));
  more.emplace("shift", floats({channels}, 12));
  more.emplace("mean", floats({channels}, 13));
  Tensor variance = floats({channels}, 14);
  for (auto& value : variance.as<float>()) value = value * value + 0.1F;
  more.emplace("variance", variance);
  return more;
}

const char* kNormal = "y = BatchNormalization <epsilon = 0.01> (a, scale, shift, mean, variance) }";

std::size_t changes(const std::string& text, const Tensors& tensors) {
  return run_pass("fold-batch-normalization", text + kNormal, tensors, 1e-5).changes;
}

}  // namespace

TEST_CASE("fold-batch-normalization goes into a convolution") {
  const std::string conv = "g (float[1,4,5,5] x) => (float[1,6,3,3] y) { a = Conv <group = 2> (x, w) ";
  CHECK(changes(conv, parameters(6, {{"w", floats({6, 2, 3, 3}, 1)}})) == 1);
  const std::string biased = "g (float[1,4,5,5] x) => (float[1,6,3,3] y) { a = Conv(x, w, b) ";
  CHECK(changes(biased, parameters(6, {{"w", floats({6, 4, 3, 3}, 1)}, {"b", floats({6}, 2)}})) == 1);
}

TEST_CASE("fold-batch-normalization goes into a transposed convolution, also with groups") {
  const std::string text = "g (float[1,4,3,3] x) => (float[1,6,5,5] y) { a = ConvTranspose <group = 2> (x, w) ";
  CHECK(changes(text, parameters(6, {{"w", floats({4, 3, 3, 3}, 1)}})) == 1);
}

TEST_CASE("fold-batch-normalization goes into a Gemm") {
  const std::string plain = "g (float[2,4] x) => (float[2,6] y) { a = Gemm <alpha = 0.5, beta = 2.0> (x, w, b) ";
  CHECK(changes(plain, parameters(6, {{"w", floats({4, 6}, 1)}, {"b", floats({1, 6}, 2)}})) == 1);
  const std::string transposed = "g (float[2,4] x) => (float[2,6] y) { a = Gemm <transB = 1> (x, w) ";
  CHECK(changes(transposed, parameters(6, {{"w", floats({6, 4}, 1)}})) == 1);
  const std::string rows = "g (float[2,4] x) => (float[2,6] y) { a = Gemm(x, w, b) ";
  CHECK(changes(rows, parameters(6, {{"w", floats({4, 6}, 1)}, {"b", floats({2, 1}, 2)}})) == 0);
}

TEST_CASE("fold-batch-normalization stays where the producer has another reader or unknown weights") {
  const Tensors weights = parameters(6, {{"w", floats({6, 4, 3, 3}, 1)}});
  CHECK(changes("g (float[1,4,5,5] x) => (float[1,6,3,3] y, float[1,6,3,3] a) { a = Conv(x, w) ", weights) == 0);
  CHECK(changes("g (float[1,4,5,5] x, float[6,4,3,3] v) => (float[1,6,3,3] y) { a = Conv(x, v) ", weights) == 0);
  CHECK(changes("g (float[1,6,5,5] x) => (float[1,6,5,5] y) { a = Relu(x) ", weights) == 0);
}

}  // namespace sluice::test
