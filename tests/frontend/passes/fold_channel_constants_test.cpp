#include <doctest/doctest.h>

#include "tests/frontend/support/pass_test.hpp"

namespace sluice::test {
namespace {

Tensor floats(const Shape& shape, std::uint32_t seed) { return random_tensor({ElementType::float32, shape}, seed); }

std::size_t conv_changes(const std::string& step, const Shape& constant) {
  const std::string text = "g (float[1,4,5,5] x) => (float[n,c,h,w] y) { a = Conv(x, w) y = " + step + " }";
  const Tensors tensors{{"w", floats({3, 4, 3, 3}, 1)}, {"k", floats(constant, 2)}};
  return run_pass("fold-channel-constants", text, tensors, 1e-5).changes;
}

}  // namespace

TEST_CASE("fold-channel-constants puts arithmetic with a constant for each channel into a convolution") {
  CHECK(conv_changes("Mul(a, k)", {3, 1, 1}) == 1);
  CHECK(conv_changes("Mul(k, a)", {1, 3, 1, 1}) == 1);
  CHECK(conv_changes("Add(a, k)", {1}) == 1);
  CHECK(conv_changes("Sub(a, k)", {3, 1, 1}) == 1);
  CHECK(conv_changes("Div(a, k)", {}) == 1);
}

TEST_CASE("fold-channel-constants leaves constants that vary otherwise, and operands in the other order") {
  CHECK(conv_changes("Mul(a, k)", {3}) == 0);
  CHECK(conv_changes("Add(a, k)", {3, 3, 3}) == 0);
  CHECK(conv_changes("Add(a, k)", {2, 3, 1, 1}) == 0);
  CHECK(conv_changes("Sub(k, a)", {3, 1, 1}) == 0);
  CHECK(conv_changes("Div(k, a)", {}) == 0);
}

TEST_CASE("fold-channel-constants scales a MatMul, which has no bias") {
  const std::string text = "g (float[2,3,4] x) => (float[2,3,5] y) { a = MatMul(x, w) y = ";
  const Tensors tensors{{"w", floats({4, 5}, 1)}, {"k", floats({5}, 2)}};
  CHECK(run_pass("fold-channel-constants", text + "Mul(a, k) }", tensors, 1e-5).changes == 1);
  CHECK(run_pass("fold-channel-constants", text + "Add(a, k) }", tensors, 1e-5).changes == 0);
}

TEST_CASE("fold-channel-constants follows a chain") {
  const auto run = run_pass("fold-channel-constants", R"(g (float[1,4,5,5] x) => (float[1,3,3,3] y) {
    a = Conv(x, w, b) m = Mul(a, k) y = Add(m, k) })",
                            {{"w", floats({3, 4, 3, 3}, 1)}, {"b", floats({3}, 3)}, {"k", floats({3, 1, 1}, 2)}}, 1e-5);
  CHECK(run.changes == 2);
  CHECK(run.after.node_count() == 5);
}

}  // namespace sluice::test
