#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "frontend/ops/op_def.hpp"

/// What operators share that only move elements: they work on every element type.
namespace sluice {

/// Integers that older operator sets give as an attribute and newer ones as an operand, which must be constant; none if
/// they are given in neither way.
Expected<std::optional<std::vector<std::int64_t>>> integer_list(const OpContext& context, std::size_t operand,
                                                                std::string_view attribute);

/// `axes` made non-negative for a tensor of `rank`; errors name those that are out of range or given twice.
Expected<std::vector<int>> checked_axes(const OpContext& context, const std::vector<std::int64_t>& axes, int rank);

/// A tensor of this shape whose element at each index is x's element number `source(index)`, or zero bits where that is
/// negative.
Tensor moved(const Tensor& x, const Shape& shape,
             const std::function<std::int64_t(const std::vector<std::int64_t>& index)>& source);

/// A view: operand 0's elements under the output's shape.
std::vector<Tensor> evaluate_view(const OpContext& context, const Shape& shape);
Expected<Kernel> lower_view(const OpContext& context);

}  // namespace sluice
