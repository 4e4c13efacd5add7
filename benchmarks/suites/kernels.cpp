#include "benchmarks/results/published.hpp"
#include "benchmarks/suites/operators.hpp"
#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {
namespace {

Subject conv(const char* name, const Convolution& shape, std::vector<Configuration> fast = {}) {
  return {name,
          [shape] { return convolution(shape); },
          {},
          {},
          all_configurations(budgets_of(std::string("kernels/") + name)),
          std::move(fast)};
}

}  // namespace

std::vector<Subject> kernels(const SuiteOptions&) {
  return {
      {"dense_64_128",
       [] { return dense(64, 128); },
       {},
       {},
       all_configurations(budgets_of("kernels/dense_64_128")),
       {{1, 0}, {2, 16}}},
      conv("conv3x3_16_16_8x8", {3, 16, 16, 8}),
      conv("depthwise3x3_32_8x8", {3, 32, 32, 8, 1, 32}, with_multipliers({8})),
      conv("conv3x3_16_16_32x32", {3, 16, 16, 32}),
      conv("conv1x1_64_64_8x8", {1, 64, 64, 8}),
  };
}

}  // namespace sluice::bench
