#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/arith/scalar_type.hpp"

namespace sluice {

/// Element types of tensors, as ONNX has them.
enum class ElementType : std::uint8_t {
  float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, boolean
};

std::string_view to_string(ElementType type);  ///< "float32", "int8", ...
std::size_t byte_width(ElementType type);       ///< bytes of one element in a tensor's data

/// The hardware type of such an element.
ScalarType scalar_type(ElementType type);

}  // namespace sluice
