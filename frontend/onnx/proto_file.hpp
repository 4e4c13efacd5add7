#pragma once

#include <onnx/onnx_pb.h>

#include <filesystem>
#include <string_view>

#include "core/diag/expected.hpp"

namespace sluice {

/// An ONNX model read from a file; it has a graph, and the file is within the limits.
Expected<onnx::ModelProto> read_model_proto(const std::filesystem::path& path);

/// The same from memory; `where` names it in messages.
Expected<onnx::ModelProto> parse_model_proto(std::string_view bytes, const std::string& where);

/// A regular file's bytes, at most limits::kFileBytes.
Expected<std::string> read_file(const std::filesystem::path& path);

}  // namespace sluice
