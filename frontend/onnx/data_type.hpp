#pragma once

#include <optional>
#include <string>

#include "core/tensor/element_type.hpp"

namespace sluice {

/// The element type of ONNX's number for it (TensorProto.DataType); none if tensors of it are not supported.
std::optional<ElementType> element_type_of(int onnx_type);

/// ONNX's number for the element type.
int onnx_type_of(ElementType type);

/// ONNX's name for its number, also for types that are not supported: "string", "complex64", "float8e4m3fn", ...
std::string onnx_type_name(int onnx_type);

/// The message about a type that is not supported.
std::string unsupported_type(int onnx_type);

}  // namespace sluice
