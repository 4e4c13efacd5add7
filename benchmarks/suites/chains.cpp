#include <fmt/format.h>

#include "benchmarks/suites/operators.hpp"
#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {
namespace {

/// `length` convolutions 3x3 of 8 channels on 8x8, each with a Relu.
onnx::ModelProto chain(int length) {
  std::string nodes;
  std::map<std::string, Tensor> weights;
  std::string before = "x";
  for (int i = 0; i < length; ++i) {
    const std::string after = i + 1 == length ? "y" : fmt::format("r{}", i);
    nodes += fmt::format(" c{0} = Conv <pads = [1,1,1,1]> ({1}, w{0}, b{0}) {2} = Relu (c{0})", i, before, after);
    weights.emplace(fmt::format("w{}", i), random_weights({8, 8, 3, 3}, static_cast<std::uint64_t>(2 * i)));
    weights.emplace(fmt::format("b{}", i), random_weights({8}, static_cast<std::uint64_t>(2 * i + 1)));
    before = after;
  }
  return model_of("agraph (float[1,8,8,8] x) => (float[1,8,8,8] y) {" + nodes + " }", weights);
}

}  // namespace

std::vector<Subject> chains(const SuiteOptions&) {
  std::vector<Subject> subjects;
  for (const int length : {1, 2, 4, 8, 16, 32, 64}) {
    std::vector<Configuration> configurations{{1, 0}, {2, 16 * length}};
    subjects.push_back({fmt::format("chain_{}", length),
                        [length] { return chain(length); },
                        {},
                        {},
                        std::move(configurations),
                        {},
                        false});
  }
  return subjects;
}

}  // namespace sluice::bench
