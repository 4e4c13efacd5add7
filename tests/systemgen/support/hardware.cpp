#include "tests/systemgen/support/hardware.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <exception>
#include <fstream>

#include "frontend/onnx/tensor_file.hpp"
#include "systemgen/flow.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;
using Kind = HardwareOutcome::Kind;

/// The goldens of narrow floats are rounded at each step elsewhere than here.
Tolerance tolerance_of(const std::vector<Tensor>& expected) {
  Tolerance tolerance;
  for (const auto& tensor : expected) {
    if (tensor.element() == ElementType::float16) tolerance = {5e-3, 5e-3};
    if (tensor.element() == ElementType::bfloat16) tolerance = {5e-2, 5e-2};
  }
  return tolerance;
}

void write_tensors(const fs::path& folder, const std::string& prefix, const std::vector<Tensor>& tensors) {
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const std::string name = fmt::format("{}{}", prefix, i);
    REQUIRE(write_tensor_proto(folder / (name + ".pb"), tensors[i], name) == Diagnostics{});
  }
}

/// Icarus starts at once, but is slow on many elements.
Simulator simulator_for(const std::vector<Tensor>& inputs) {
  constexpr std::int64_t kMany = 20000;
  std::int64_t elements = 0;
  for (const auto& tensor : inputs) elements += tensor.size();
  return elements > kMany ? Simulator::verilator : Simulator::icarus;
}

HardwareOutcome judge(const Verification& verification, std::int64_t predicted_latency) {
  if (!verification.failures.empty()) return {Kind::wrong, to_string(verification.failures)};
  if (verification.mismatches != 0 || verification.latency != predicted_latency) {
    return {Kind::wrong, "the verification overlooks a difference"};
  }
  return {};
}

HardwareOutcome run(const FlowOptions& options) {
  Progress silent(false);
  try {
    const auto result = run_flow(options, silent);
    if (!result) return {Kind::refused, to_string(result.errors())};
    if (!options.verify) return {};
    if (!result->report.verification) return {Kind::wrong, "nothing was simulated"};
    return judge(*result->report.verification, result->report.predicted_latency);
  } catch (const std::exception& error) {
    return {Kind::wrong, fmt::format("internal error: {}", error.what())};
  }
}

/// The options for a model that is written to a folder.
FlowOptions options_for(const onnx::ModelProto& model, const fs::path& folder) {
  FlowOptions options;
  options.model = folder / "model.onnx";
  options.output = folder / "out";
  std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
  return options;
}

}  // namespace

HardwareOutcome run_hardware(const onnx::ModelProto& model, const std::vector<Tensor>& inputs,
                             const std::vector<Tensor>& expected, std::optional<std::int64_t> multipliers) {
  const TemporaryFolder place;
  FlowOptions options = options_for(model, place.path());
  if (multipliers) options.optimisation = 2;
  options.goal.multipliers = multipliers;
  options.frames.folder = place.path() / "data";
  options.verify = true;
  options.verification.tolerance = tolerance_of(expected);
  options.verification.simulator = simulator_for(inputs);
  const fs::path data_set = *options.frames.folder / "test_data_set_0";
  fs::create_directories(data_set);
  write_tensors(data_set, "input_", inputs);
  write_tensors(data_set, "output_", expected);
  return run(options);
}

HardwareOutcome lower(const onnx::ModelProto& model) {
  const TemporaryFolder place;
  FlowOptions options = options_for(model, place.path());
  options.stop_after = Stage::lower;
  return run(options);
}

}  // namespace sluice::test
