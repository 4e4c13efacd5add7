#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/tensor/tensor_graph.hpp"

namespace sluice::test {

/// What came of a model: nothing to complain about, a refusal, or a wrong result.
struct Outcome {
  enum class Kind : std::uint8_t { right, refused, wrong } kind = Kind::right;
  std::string text;
};

/// Evaluates the model on the host and compares with the expected outputs; then lowers every operator and runs its
/// kernel on the host's values of its operands. Models with float64 only run on the host: no unit computes in it.
Outcome run_model(const TensorGraph& graph, const std::vector<Tensor>& inputs, const std::vector<Tensor>& expected);

}  // namespace sluice::test
