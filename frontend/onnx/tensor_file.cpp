#include "frontend/onnx/tensor_file.hpp"

#include <fmt/format.h>

#include <fstream>

#include "frontend/onnx/proto_file.hpp"
#include "frontend/onnx/tensor_proto.hpp"

namespace sluice {

Expected<Tensor> read_tensor_proto(const std::filesystem::path& path) {
  const auto bytes = read_file(path);
  if (!bytes) return bytes.errors();
  onnx::TensorProto proto;
  if (bytes->empty() || !proto.ParseFromString(*bytes)) {
    return Diagnostic{path.string(), bytes->empty() ? "the file is empty" : "it can't be parsed as an ONNX tensor",
                      "a tensor is a file in ONNX's protobuf format, usually named *.pb"};
  }
  auto tensor = tensor_of(proto, path.parent_path());
  if (tensor) return tensor;
  Diagnostics errors = tensor.errors();
  for (auto& error : errors) error.where = fmt::format("{}: {}", path.string(), error.where);
  return errors;
}

Diagnostics write_tensor_proto(const std::filesystem::path& path, const Tensor& tensor, const std::string& name) {
  std::ofstream file(path, std::ios::binary);
  if (!file || !proto_of(tensor, name).SerializeToOstream(&file)) {
    return {{path.string(), "the file can't be written", "check that its folder exists and is writable"}};
  }
  return {};
}

}  // namespace sluice
