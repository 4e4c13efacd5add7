#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "frontend/ops/op_def.hpp"

/// Operators that only move elements, described once: the same Copy values drive the host's evaluation and the kernel.
namespace sluice {

/// A loop of a copy: each iteration moves on by `output_step` along one axis of the output and by `input_step` along
/// one of the input.
struct CopyLoop {
  std::int64_t trip = 1;
  std::size_t output_axis = 0;
  std::int64_t output_step = 1;
  std::size_t input_axis = 0;
  std::int64_t input_step = 1;
};

/// What is added to the index along an input axis, for every iteration of some of a copy's loops (row-major in them).
struct CopyTable {
  std::size_t input_axis = 0;
  std::vector<std::size_t> loops;  ///< numbers of loops of the copy
  std::vector<std::int64_t> values;
};

/// Elements that move from one operand to one output. All copies of an operator together write every output element
/// once.
struct Copy {
  std::size_t operand = 0;
  std::size_t output = 0;
  std::vector<CopyLoop> loops;
  std::vector<std::int64_t> from;  ///< where it starts, an index into the operand
  std::vector<std::int64_t> to;    ///< where it starts, an index into the output
  std::vector<CopyTable> tables;
  std::uint64_t fill = 0;  ///< bits where the source is outside the operand
};

/// A copy of operand `operand` to output `output` that starts at both origins and has no loops yet.
Copy copy_between(const OpContext& context, std::size_t operand, std::size_t output, std::size_t output_rank);

/// The same with a loop along every axis of an output of this shape; both have one rank.
Copy box_copy(const OpContext& context, std::size_t operand, std::size_t output, const Shape& shape);

/// A loop along the same axis of both.
void add_axis(Copy& copy, std::size_t axis, std::int64_t trip);

/// Loops along an output axis whose element o is the input axis's element source[o]: one or two loops if the sources go
/// in even steps or repeat evenly, else one with a table.
void add_axis(Copy& copy, std::size_t output_axis, std::size_t input_axis, const std::vector<std::int64_t>& source);

/// All that a moving operator does.
struct CopyPlan {
  std::vector<TensorType> types;  ///< of the outputs
  std::vector<Copy> copies;
};

/// The definition of an operator that carries out `plan`.
OpDef copy_op(std::string_view name, std::vector<std::string_view> attributes,
              Expected<CopyPlan> (*plan)(const OpContext&));

/// The plan's outputs.
std::vector<Tensor> evaluate_copies(const OpContext& context, const CopyPlan& plan);

/// A nest for each copy.
Kernel lower_copies(const OpContext& context, const std::vector<Copy>& copies);

}  // namespace sluice
