#pragma once

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/tensor/tensor.hpp"

namespace sluice::test {

/// What came of a model that went the whole way: simulated Verilog with nothing to complain about, a refusal, or
/// anything else, which is a bug.
struct HardwareOutcome {
  enum class Kind : std::uint8_t { right, refused, wrong } kind = Kind::right;
  std::string text;
};

/// Builds the model in a folder that is deleted at the end, simulates it on one data set, and compares: bits
/// with the kernels' interpreter, values with `expected`, cycles with the predicted ones. With `multipliers`, at -O2.
HardwareOutcome run_hardware(const onnx::ModelProto& model, const std::vector<Tensor>& inputs,
                             const std::vector<Tensor>& expected, std::optional<std::int64_t> multipliers = {});

/// Takes the model to kernels and no further: right or refused, or a bug.
HardwareOutcome lower(const onnx::ModelProto& model);

}  // namespace sluice::test
