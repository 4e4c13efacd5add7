#include "frontend/onnx/proto_file.hpp"

#include <fmt/format.h>

#include <fstream>

#include "frontend/onnx/limits.hpp"

namespace sluice {
namespace {

constexpr const char* kExpected = "a model is a file in ONNX's protobuf format, usually named *.onnx";

/// What a file that is no ONNX model looks like, for the most common mistakes.
std::string guess(std::string_view bytes) {
  const auto starts = [&](std::string_view magic) { return bytes.substr(0, magic.size()) == magic; };
  if (starts("PK\x03\x04")) return "it looks like a zip archive (a PyTorch or NumPy file?)";
  if (starts("\x1f\x8b")) return "it looks like a gzip file: unpack it first";
  if (starts("\x89HDF")) return "it looks like an HDF5 file (a Keras model?): export it to ONNX first";
  if (bytes.size() > 8 && bytes.substr(4, 4) == "TFL3")
    return "it looks like a TensorFlow Lite model: convert it with tf2onnx first";
  if (starts("version https://git-lfs")) return "it is a Git LFS pointer: run 'git lfs pull'";
  return kExpected;
}

}  // namespace

Expected<std::string> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return Diagnostic{path.string(), "there is no such file", "check the path"};
  if (std::filesystem::is_directory(status)) {
    return Diagnostic{path.string(), "this is a folder, not a file", "name the model.onnx in it"};
  }
  if (!std::filesystem::is_regular_file(status)) return Diagnostic{path.string(), "this is not a regular file", ""};
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return Diagnostic{path.string(), "its size can't be read: " + error.message(), ""};
  if (size >= limits::kFileBytes) {
    return Diagnostic{
        path.string(),
        fmt::format("the file has {} bytes; a protobuf file must have less than {}", size, limits::kFileBytes),
        "store the weights as external data"};
  }
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file) return Diagnostic{path.string(), "the file can't be opened", "check its permissions"};
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return Diagnostic{path.string(), fmt::format("only {} of its {} bytes can be read", file.gcount(), size), ""};
  }
  return bytes;
}

Expected<onnx::ModelProto> parse_model_proto(std::string_view bytes, const std::string& where) {
  if (bytes.empty()) return Diagnostic{where, "the file is empty", kExpected};
  onnx::ModelProto model;
  google::protobuf::SetLogHandler(nullptr);
  if (!model.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Diagnostic{where, "this is no ONNX model, or it is damaged or cut off: it can't be parsed", guess(bytes)};
  }
  if (!model.has_graph()) return Diagnostic{where, "this is no ONNX model: it has no graph", guess(bytes)};
  if (model.opset_import().empty()) {
    return Diagnostic{where, "the model does not say which operator set it uses (opset_import is empty)",
                      "export it again with a recent exporter"};
  }
  return model;
}

Expected<onnx::ModelProto> read_model_proto(const std::filesystem::path& path) {
  const auto bytes = read_file(path);
  if (!bytes) return bytes.errors();
  return parse_model_proto(*bytes, path.string());
}

}  // namespace sluice
