#pragma once

#include <optional>
#include <vector>

#include "frontend/ops/op_def.hpp"

/// Reductions of a tensor along some of its axes, each result folded from the terms of its elements.
namespace sluice {

/// What tells one reduction from another.
struct Reduction {
  Opcode fold = Opcode::add;  ///< add, multiply, maximum or minimum
  double initial = -0.0;      ///< of the fold, on floats; on integers the least or greatest value if infinite
  std::function<double(double)> host_term = {};                             ///< of each element; absent: itself
  std::function<double(double fold, std::int64_t count)> host_finish = {};  ///< of the folded terms; absent: itself
  std::function<Value(NestBuilder&, Value)> term = {};                      ///< the same in the kernel
  std::function<Value(NestBuilder&, Value fold, std::int64_t count)> finish = {};
  bool integers = false;  ///< known on integers
};

/// The axes that a node reduces, in ascending order, and whether they stay in the result with extent 1.
struct ReducedAxes {
  std::vector<int> axes;
  bool keep = true;
};

/// The shape that is left.
Shape reduced_shape(const Shape& shape, const ReducedAxes& reduced);

Tensor evaluate_reduction(const OpContext& context, const Reduction& reduction, const ReducedAxes& reduced);
Kernel lower_reduction(const OpContext& context, const Reduction& reduction, const ReducedAxes& reduced);

/// The whole definition of an operator. `axes_of` reads the node.
OpDef reduction_op(std::string_view name, std::vector<std::string_view> attributes, const Reduction& reduction,
                   const std::function<Expected<ReducedAxes>(const OpContext&)>& axes_of);

}  // namespace sluice
