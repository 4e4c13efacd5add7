#pragma once

#include <onnx/onnx_pb.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/tensor/tensor.hpp"
#include "tests/frontend/support/models.hpp"

/// Models of one operator with results that are not ours, in the layout of ONNX's backend tests.
namespace sluice::test {

/// A folder of ONNX's own tests ("node": of one operator each); none if they are not installed.
std::optional<std::filesystem::path> onnx_tests_folder(const std::string& name);

/// The folder of models of one operator with results of ONNX Runtime; none if there are no models.
std::optional<std::filesystem::path> operator_models_folder();

/// Why a model of known operators is in a form that is not supported; empty: it is supported.
std::string why_unsupported(const std::string& name);

/// Whether all of a model's operators are known here, in whatever form.
bool knows_all_operators(const onnx::ModelProto& model);

/// A way to put a model before the tool.
struct BackendForm {
  onnx::ModelProto model;
  std::vector<Tensor> inputs, expected;
};

/// The model with the inputs of a data set as it is; and with all of them but the first constant (the first too if it
/// is alone), as operands that decide shapes must be. `outputs`: of that many; operators have further ones for training
/// only.
std::vector<BackendForm> forms_of(const onnx::ModelProto& model, const std::filesystem::path& data_set,
                                  std::size_t outputs);

}  // namespace sluice::test
