#include "frontend/onnx/data_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice {
namespace {

struct Row {
  const char* name;
  std::optional<ElementType> type;
};

/// Indexed by ONNX's number; the last ones are newer than the installed schema.
const std::array<Row, 24> kTypes{{{"undefined", {}},
                                  {"float32", ElementType::float32},
                                  {"uint8", ElementType::uint8},
                                  {"int8", ElementType::int8},
                                  {"uint16", ElementType::uint16},
                                  {"int16", ElementType::int16},
                                  {"int32", ElementType::int32},
                                  {"int64", ElementType::int64},
                                  {"string", {}},
                                  {"bool", ElementType::boolean},
                                  {"float16", ElementType::float16},
                                  {"float64", ElementType::float64},
                                  {"uint32", ElementType::uint32},
                                  {"uint64", ElementType::uint64},
                                  {"complex64", {}},
                                  {"complex128", {}},
                                  {"bfloat16", ElementType::bfloat16},
                                  {"float8e4m3fn", {}},
                                  {"float8e4m3fnuz", {}},
                                  {"float8e5m2", {}},
                                  {"float8e5m2fnuz", {}},
                                  {"uint4", {}},
                                  {"int4", {}},
                                  {"float4e2m1", {}}}};

}  // namespace

std::optional<ElementType> element_type_of(int onnx_type) {
  if (onnx_type < 0 || onnx_type >= static_cast<int>(kTypes.size())) return std::nullopt;
  return kTypes[static_cast<std::size_t>(onnx_type)].type;
}

int onnx_type_of(ElementType type) {
  const auto found = std::ranges::find_if(kTypes, [&](const Row& row) { return row.type == type; });
  return static_cast<int>(found - kTypes.begin());
}

std::string onnx_type_name(int onnx_type) {
  if (onnx_type < 0 || onnx_type >= static_cast<int>(kTypes.size())) return fmt::format("number {}", onnx_type);
  return kTypes[static_cast<std::size_t>(onnx_type)].name;
}

std::string unsupported_type(int onnx_type) {
  return fmt::format("elements of type {} are not supported", onnx_type_name(onnx_type));
}

}  // namespace sluice
