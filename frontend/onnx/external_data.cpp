#include "frontend/onnx/external_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>

namespace sluice {
namespace {

namespace fs = std::filesystem;

/// An entry of the tensor's external_data; none if it is not there.
std::optional<std::string> entry(const onnx::TensorProto& proto, std::string_view key) {
  for (const auto& item : proto.external_data()) {
    if (item.key() == key) return item.value();
  }
  return std::nullopt;
}

/// An entry that is a number of bytes; `otherwise` if it is not there, none if it is no such number.
std::optional<std::uint64_t> byte_entry(const onnx::TensorProto& proto, std::string_view key, std::uint64_t otherwise) {
  const auto text = entry(proto, key);
  if (!text) return otherwise;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return value;
}

bool is_within(const fs::path& path, const fs::path& folder) {
  const auto [at, rest] = std::ranges::mismatch(folder, path);
  static_cast<void>(rest);
  return at == folder.end();
}

/// The file of a location, if the location is allowed.
Expected<fs::path> resolve(const std::string& location, const fs::path& folder, const std::string& tensor) {
  const fs::path relative(location);
  if (location.empty() || location.find('\0') != std::string::npos) {
    return Diagnostic{tensor, "its external data has no file name", "export the model again"};
  }
  if (relative.is_absolute() || std::ranges::find(relative, fs::path("..")) != relative.end()) {
    return Diagnostic{tensor, fmt::format("its external data is '{}', outside the model's folder", location),
                      "put the file beside the model, and name it without '..'"};
  }
  std::error_code error;
  const fs::path root = fs::canonical(folder.empty() ? fs::path(".") : folder, error);
  const fs::path file = error ? fs::path() : fs::canonical(root / relative, error);
  if (error || !fs::is_regular_file(file, error)) {
    return Diagnostic{tensor, fmt::format("its external data '{}' is missing from the model's folder", location),
                      "copy that file beside the model"};
  }
  if (!is_within(file, root)) {
    return Diagnostic{tensor, fmt::format("its external data '{}' is a link that leaves the model's folder", location),
                      "copy the file itself beside the model"};
  }
  return file;
}

}  // namespace

Expected<std::string> read_external_data(const onnx::TensorProto& proto, const fs::path& folder, std::uint64_t size) {
  const std::string tensor = fmt::format("tensor '{}'", proto.name());
  const auto location = entry(proto, "location");
  const auto offset = byte_entry(proto, "offset", 0);
  const auto length = byte_entry(proto, "length", size);
  if (!location || !offset || !length) {
    return Diagnostic{tensor, "the place of its external data (location, offset, length) can't be read", ""};
  }
  if (*length != size) {
    return Diagnostic{tensor, fmt::format("its external data has {} bytes where its shape needs {}", *length, size),
                      ""};
  }
  const auto path = resolve(*location, folder, tensor);
  if (!path) return path.errors();
  std::error_code error;
  const std::uint64_t file_size = fs::file_size(*path, error);
  if (error || *offset > file_size || size > file_size - *offset) {
    return Diagnostic{tensor,
                      fmt::format("its external data needs bytes {} to {} of '{}', which has {}", *offset,
                                  *offset + size, *location, error ? 0 : file_size),
                      "the file is cut off or belongs to another model"};
  }
  std::string bytes(size, '\0');
  std::ifstream file(*path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(*offset));
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return Diagnostic{tensor, fmt::format("its external data '{}' can't be read", *location), ""};
  }
  return bytes;
}

}  // namespace sluice
