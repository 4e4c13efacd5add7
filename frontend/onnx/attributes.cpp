#include "frontend/onnx/attributes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/onnx/tensor_proto.hpp"

namespace sluice {

using onnx::AttributeProto;

AttributeProto::AttributeType attribute_kind(const AttributeProto& proto) {
  if (proto.type() != AttributeProto::UNDEFINED) return proto.type();
  if (proto.has_f()) return AttributeProto::FLOAT;
  if (proto.has_i()) return AttributeProto::INT;
  if (proto.has_s()) return AttributeProto::STRING;
  if (proto.has_t()) return AttributeProto::TENSOR;
  if (proto.has_g()) return AttributeProto::GRAPH;
  if (!proto.floats().empty()) return AttributeProto::FLOATS;
  if (!proto.ints().empty()) return AttributeProto::INTS;
  if (!proto.strings().empty()) return AttributeProto::STRINGS;
  return AttributeProto::UNDEFINED;
}

std::string kind_name(AttributeProto::AttributeType kind) {
  std::string name = AttributeProto::AttributeType_Name(kind);
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

Expected<Attribute> attribute_of(const AttributeProto& proto, const std::filesystem::path& folder) {
  switch (const auto kind = attribute_kind(proto)) {
    case AttributeProto::FLOAT:
      return Attribute(proto.f());
    case AttributeProto::INT:
      return Attribute(std::int64_t{proto.i()});
    case AttributeProto::STRING:
      return Attribute(proto.s());
    case AttributeProto::FLOATS:
      return Attribute(std::vector<float>(proto.floats().begin(), proto.floats().end()));
    case AttributeProto::INTS:
      return Attribute(std::vector<std::int64_t>(proto.ints().begin(), proto.ints().end()));
    case AttributeProto::STRINGS:
      return Attribute(std::vector<std::string>(proto.strings().begin(), proto.strings().end()));
    case AttributeProto::TENSOR: {
      auto tensor = tensor_of(proto.t(), folder);
      if (!tensor) return tensor.errors();
      return Attribute(std::move(tensor).value());
    }
    default:
      return Diagnostic{
          "", fmt::format("attribute '{}' is of kind {}, which is not supported", proto.name(), kind_name(kind)), ""};
  }
}

}  // namespace sluice
