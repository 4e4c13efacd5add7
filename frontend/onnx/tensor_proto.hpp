#pragma once

#include <onnx/onnx_pb.h>

#include <filesystem>

#include "core/diag/expected.hpp"
#include "core/tensor/tensor.hpp"

namespace sluice {

/// The value of a tensor in a model: any of ONNX's encodings, external data from `folder`. Messages name the tensor.
Expected<Tensor> tensor_of(const onnx::TensorProto& proto, const std::filesystem::path& folder);

/// The tensor as ONNX stores it, with raw data.
onnx::TensorProto proto_of(const Tensor& tensor, const std::string& name);

}  // namespace sluice
