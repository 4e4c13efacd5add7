#include "systemgen/verify/deviation.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace sluice;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
const float kNan = std::nanf("");

Deviation of(const std::vector<float>& actual, const std::vector<float>& wanted) {
  const Shape shape{static_cast<std::int64_t>(wanted.size())};
  return deviation(Tensor::of(ElementType::float32, shape, actual), Tensor::of(ElementType::float32, shape, wanted),
                   {1e-2, 1e-3});
}

}  // namespace

TEST_CASE("deviations are within absolute + relative * |wanted|") {
  CHECK(of({1.0F, 100.5F, 0.0005F}, {1.0F, 100.0F, 0.0F}).outside == 0);
  CHECK(of({1.02F}, {1.0F}).outside == 1);
  CHECK(of({0.002F}, {0.0F}).outside == 1);
  const auto apart = of({3.0F, 0.25F}, {2.0F, 0.0F});
  CHECK(apart.max_absolute == 1.0);
  CHECK(apart.max_relative == 0.5);
}

TEST_CASE("what is not finite is equal or infinitely far") {
  CHECK(of({kNan, kInfinity, -kInfinity}, {kNan, kInfinity, -kInfinity}).outside == 0);
  CHECK(of({kNan, kInfinity, -kInfinity}, {kNan, kInfinity, -kInfinity}).max_absolute == 0);
  CHECK(of({kNan}, {1.0F}).outside == 1);
  CHECK(of({1.0F}, {kNan}).outside == 1);
  CHECK(of({1.0F}, {kInfinity}).outside == 1);
  CHECK(of({-kInfinity}, {kInfinity}).outside == 1);
  CHECK(of({kInfinity}, {1.0F}).max_absolute == std::numeric_limits<double>::infinity());
}
