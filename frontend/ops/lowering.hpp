#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/ops/op_def.hpp"

/// What every lowering needs: the kernel's frame, its arrays, loops over tensors, broadcast indices.
namespace sluice {

/// A kernel named after the node, still without arrays and loops.
Kernel kernel_for(const OpContext& context);

/// The array of an operand that is there: an input, or a weight where its value is known. A tensor that has an array of
/// the same shape already keeps it.
ArrayId operand_array(Kernel& kernel, const Operand& operand);

/// The array of output `output`.
ArrayId output_array(Kernel& kernel, const OpContext& context, int output = 0);

/// A weight array with a tensor's elements; `name` is made unique.
ArrayId weight_array(Kernel& kernel, const std::string& name, const Tensor& tensor);

/// A table of one dimension that belongs to an algorithm rather than to the model; asked for again under the same name
/// it is the same array.
ArrayId table_array(Kernel& kernel, const std::string& name, ScalarType type,
                    const std::vector<std::uint64_t>& contents);

/// An array between the nests of the kernel; `name` is made unique.
ArrayId scratch_array(Kernel& kernel, const std::string& name, ScalarType type, Shape shape);

/// The dimensions that count a tensor's rows, the unit in which tensors stream: batch and height of an image (rank 4
/// and more, N C H ...), so that a row has all its channels; otherwise all but the last.
std::vector<int> row_dimensions(const Shape& shape);

/// All dimensions of a shape that are not in `dimensions`.
std::vector<int> other_dimensions(const Shape& shape, const std::vector<int>& dimensions);

/// Appends token loops over these dimensions of a tensor, or loops to a nest, and sets their iterators in `index` (one
/// expression for each dimension of `shape`). Dimensions of extent 1 need no loop: their index is 0.
void add_token_loops(Kernel& kernel, const Shape& shape, const std::vector<int>& dimensions,
                     std::vector<AffineExpr>& index);
void add_loops(NestBuilder& nest, const Shape& shape, const std::vector<int>& dimensions,
               std::vector<AffineExpr>& index);

/// The index into an operand of shape `operand` that belongs to `index` of the result it is broadcast to.
std::vector<AffineExpr> broadcast_index(const Shape& operand, const std::vector<AffineExpr>& index);

/// The operand's element that belongs to `index` of the result: a constant of the body if the operand is a known single
/// element, else a load from its array.
Value operand_value(NestBuilder& nest, const Operand& operand, const std::vector<AffineExpr>& index);

}  // namespace sluice
