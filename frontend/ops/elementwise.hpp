#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "frontend/ops/op_def.hpp"

/// Operators whose result's every element depends on one element of each operand, broadcast as numpy does.
namespace sluice {

/// The host's value of one element from one of each operand (anything where an operand is absent).
template <typename T>
using HostFunction = std::function<T(const OpContext&, std::span<const T>)>;

/// What tells one elementwise operator from another.
struct Elementwise {
  std::string_view name;
  std::vector<std::string_view> attributes = {};
  std::size_t least_operands = 1;
  std::size_t most_operands = 1;
  HostFunction<double> real;                ///< rounded to the element type once
  HostFunction<std::int64_t> integer = {};  ///< wrapped; absent: no integers
  std::function<Value(const ScalarContext&)> scalar;
  bool scalar_takes_integers = false;                ///< the kernel too is known on integers
  std::optional<ElementType> result = std::nullopt;  ///< if not the operands' type
};

/// The whole definition of such an operator.
OpDef elementwise_op(const Elementwise& op);

/// The shape that all of these broadcast to; none if they don't.
std::optional<Shape> broadcast_shape(std::span<const Shape> shapes);

/// The shape of the result; an error names the shapes that don't fit.
Expected<Shape> infer_broadcast(const OpContext& context);

/// The operands' common type under the result's shape; an error if the present operands number too few or too many, or
/// their element types differ.
Expected<TensorType> infer_elementwise(const OpContext& context, std::size_t least, std::size_t most);

/// Applies a function to the elements of all operands. The result has `type`; reals are rounded to it (to an
/// integer type toward zero, and to 0 where no integer holds them), integers wrapped.
Tensor evaluate_reals(const OpContext& context, const TensorType& type, const HostFunction<double>& function);
Tensor evaluate_integers(const OpContext& context, const TensorType& type, const HostFunction<std::int64_t>& function);

/// A kernel of one nest that loads an element of each operand, applies `scalar` and the epilogues, and stores.
Kernel lower_elementwise(const OpContext& context, const std::function<Value(const ScalarContext&)>& scalar);

/// float16, bfloat16 or float32: what floating-point kernels are made for.
bool is_hardware_float(ElementType type);
bool is_integer(ElementType type);  ///< any integer or boolean

/// An error if the kernel can't have elements of the type of operand 0.
std::optional<Diagnostic> refuse_elements(const OpContext& context, bool integers_too);

}  // namespace sluice
