#include "frontend/onnx/tensor_proto.hpp"

#include <fmt/format.h>

#include <bit>

#include "frontend/onnx/data_type.hpp"
#include "frontend/onnx/external_data.hpp"
#include "frontend/onnx/limits.hpp"

namespace sluice {
namespace {

std::string where(const onnx::TensorProto& proto) { return fmt::format("tensor '{}'", proto.name()); }

/// The type of a stored tensor, once its dimensions are found reasonable.
Expected<TensorType> checked_type(const onnx::TensorProto& proto) {
  const auto element = element_type_of(proto.data_type());
  if (!element) return Diagnostic{where(proto), unsupported_type(proto.data_type()), "cast it to a supported type"};
  if (proto.has_segment()) return Diagnostic{where(proto), "it is stored in segments, which is not supported", ""};
  const Shape shape(proto.dims().begin(), proto.dims().end());
  if (shape.size() > limits::kRank) {
    return Diagnostic{where(proto), fmt::format("it has {} dimensions, more than {}", shape.size(), limits::kRank), ""};
  }
  const auto count = checked_element_count(shape);
  if (!count || *count > limits::kTensorElements) {
    return Diagnostic{where(proto),
                      fmt::format("its shape {} has negative extents or more than {} elements", to_string(shape),
                                  limits::kTensorElements),
                      ""};
  }
  return TensorType{*element, shape};
}

Diagnostic wrong_size(const onnx::TensorProto& proto, const Shape& shape, std::size_t found, std::int64_t wanted,
                      const char* unit) {
  return {where(proto),
          fmt::format("its shape {} needs {} {}, but {} are stored", to_string(shape), wanted, unit, found),
          "the model is damaged"};
}

/// Bytes as they are in the file; any nonzero byte of a boolean is true.
Expected<Tensor> from_bytes(const onnx::TensorProto& proto, const TensorType& type, const std::string& bytes) {
  const auto wanted = element_count(type.shape) * static_cast<std::int64_t>(byte_width(type.element));
  if (bytes.size() != static_cast<std::size_t>(wanted))
    return wrong_size(proto, type.shape, bytes.size(), wanted, "bytes");
  Tensor tensor(type);
  if (!bytes.empty()) std::memcpy(tensor.bytes().data(), bytes.data(), bytes.size());
  if (type.element == ElementType::boolean) {
    for (auto& byte : tensor.bytes()) byte = std::byte{byte != std::byte{0}};
  }
  return tensor;
}

/// Elements from one of the repeated fields; `bits` makes an element's bits.
template <typename Field, typename Bits>
Expected<Tensor> from_field(const onnx::TensorProto& proto, const TensorType& type, const Field& field, Bits bits) {
  const std::int64_t count = element_count(type.shape);
  if (field.size() != count) {
    return wrong_size(proto, type.shape, static_cast<std::size_t>(field.size()), count, "elements");
  }
  Tensor tensor(type);
  for (int i = 0; i < field.size(); ++i) tensor.set_bits(i, bits(field.Get(i)));
  return tensor;
}

Expected<Tensor> from_typed_data(const onnx::TensorProto& proto, const TensorType& type) {
  const auto as_unsigned = [](auto value) { return static_cast<std::uint64_t>(value); };
  switch (type.element) {
    case ElementType::float32:
      return from_field(proto, type, proto.float_data(), [](float v) { return std::bit_cast<std::uint32_t>(v); });
    case ElementType::float64:
      return from_field(proto, type, proto.double_data(), [](double v) { return std::bit_cast<std::uint64_t>(v); });
    case ElementType::int64:
      return from_field(proto, type, proto.int64_data(), as_unsigned);
    case ElementType::uint32:
    case ElementType::uint64:
      return from_field(proto, type, proto.uint64_data(), as_unsigned);
    case ElementType::boolean:
      return from_field(proto, type, proto.int32_data(), [](auto v) { return std::uint64_t{v != 0}; });
    default:
      return from_field(proto, type, proto.int32_data(), as_unsigned);
  }
}

}  // namespace

Expected<Tensor> tensor_of(const onnx::TensorProto& proto, const std::filesystem::path& folder) {
  const auto type = checked_type(proto);
  if (!type) return type.errors();
  if (proto.data_location() == onnx::TensorProto::EXTERNAL) {
    const auto size = static_cast<std::uint64_t>(element_count(type->shape)) * byte_width(type->element);
    const auto bytes = read_external_data(proto, folder, size);
    if (!bytes) return bytes.errors();
    return from_bytes(proto, *type, *bytes);
  }
  if (!proto.raw_data().empty()) return from_bytes(proto, *type, proto.raw_data());
  return from_typed_data(proto, *type);
}

onnx::TensorProto proto_of(const Tensor& tensor, const std::string& name) {
  onnx::TensorProto proto;
  proto.set_name(name);
  proto.set_data_type(onnx_type_of(tensor.element()));
  for (const auto extent : tensor.shape()) proto.add_dims(extent);
  proto.set_raw_data(tensor.bytes().data(), tensor.bytes().size());
  return proto;
}

}  // namespace sluice
