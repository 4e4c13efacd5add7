#pragma once

#include <onnx/onnx_pb.h>

#include <filesystem>
#include <string>

#include "core/diag/expected.hpp"

namespace sluice {

/// The bytes of a tensor that the model keeps in a file of its own. The file must be in the model's folder or below it,
/// also after symbolic links are followed, and hold `size` bytes at the tensor's offset.
Expected<std::string> read_external_data(const onnx::TensorProto& proto, const std::filesystem::path& folder,
                                         std::uint64_t size);

}  // namespace sluice
