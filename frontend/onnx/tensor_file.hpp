#pragma once

#include <filesystem>

#include "core/diag/expected.hpp"
#include "core/tensor/tensor.hpp"

namespace sluice {

/// A tensor from a file that holds one in ONNX's format (TensorProto), as the ONNX backend tests use: input_0.pb.
Expected<Tensor> read_tensor_proto(const std::filesystem::path& path);

/// Writes such a file; what went wrong, if anything.
Diagnostics write_tensor_proto(const std::filesystem::path& path, const Tensor& tensor, const std::string& name);

}  // namespace sluice
