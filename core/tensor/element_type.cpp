#include "core/tensor/element_type.hpp"

#include <array>

namespace sluice {
namespace {

struct Facts {
  std::string_view name;
  ScalarType scalar;
};

const Facts& facts(ElementType type) {
  static const std::array<Facts, 13> table{{
      {"float16", ScalarType::floating(kFloat16)},
      {"bfloat16", ScalarType::floating(kBfloat16)},
      {"float32", ScalarType::floating(kFloat32)},
      {"float64", ScalarType::floating({11, 52})},
      {"int8", ScalarType::signed_integer(8)},
      {"int16", ScalarType::signed_integer(16)},
      {"int32", ScalarType::signed_integer(32)},
      {"int64", ScalarType::signed_integer(64)},
      {"uint8", ScalarType::unsigned_integer(8)},
      {"uint16", ScalarType::unsigned_integer(16)},
      {"uint32", ScalarType::unsigned_integer(32)},
      {"uint64", ScalarType::unsigned_integer(64)},
      {"bool", ScalarType::boolean()},
  }};
  return table.at(static_cast<std::size_t>(type));
}

}  // namespace

std::string_view to_string(ElementType type) { return facts(type).name; }

std::size_t byte_width(ElementType type) { return (static_cast<std::size_t>(scalar_type(type).width()) + 7) / 8; }

ScalarType scalar_type(ElementType type) { return facts(type).scalar; }

}  // namespace sluice
