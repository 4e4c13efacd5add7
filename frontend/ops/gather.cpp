#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/movement.hpp"
#include "frontend/ops/op_def.hpp"

namespace sluice {
namespace {

/// y[a...][i...][b...] = x[a...][indices[i...]][b...]
struct Gathering {
  std::size_t axis;
  std::int64_t extent;  ///< of x along the axis
  Shape indices;
  Shape result;
};

Expected<Gathering> gathering_of(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  const auto axes = checked_axes(context, {context.integer("axis", 0)}, static_cast<int>(x.size()));
  if (!axes) return axes.errors();
  Gathering g{static_cast<std::size_t>((*axes)[0]), 0, context.operands[1].type.shape, x};
  g.extent = x[g.axis];
  g.result.erase(g.result.begin() + (*axes)[0]);
  g.result.insert(g.result.begin() + (*axes)[0], g.indices.begin(), g.indices.end());
  return g;
}

Expected<std::vector<TensorType>> infer(const OpContext& context) {
  const auto g = gathering_of(context);
  if (!g) return g.errors();
  return std::vector<TensorType>{{context.operands[0].type.element, g->result}};
}

/// The copy for known indices.
Expected<CopyPlan> plan(const OpContext& context) {
  const auto g = gathering_of(context);
  if (!g) return g.errors();
  auto sources = context.operands[1].constant->to_int64s();
  for (auto& source : sources) {
    if (source < -g->extent || source >= g->extent) {
      return context.error(fmt::format("index {} is outside the axis's {} elements", source, g->extent));
    }
    if (source < 0) source += g->extent;
  }
  Copy copy = copy_between(context, 0, 0, g->result.size());
  const std::size_t index_rank = g->indices.size();
  if (index_rank == 0) copy.from[g->axis] = sources[0];
  CopyTable table{.input_axis = g->axis, .loops = {}, .values = sources};
  for (std::size_t axis = 0; axis < g->result.size(); ++axis) {
    const bool indexed = axis >= g->axis && axis < g->axis + index_rank;
    if (indexed && index_rank == 1) {
      add_axis(copy, axis, g->axis, sources);
    } else if (indexed) {
      table.loops.push_back(copy.loops.size());
      copy.loops.push_back({g->result[axis], axis, 1, 0, 0});
    } else {
      copy.loops.push_back({g->result[axis], axis, 1, axis < g->axis ? axis : axis + 1 - index_rank, 1});
    }
  }
  if (index_rank > 1) copy.tables.push_back(std::move(table));
  return CopyPlan{{{context.operands[0].type.element, g->result}}, {copy}};
}

/// The kernel for indices that the model computes.
Kernel lower_computed(const OpContext& context, const Gathering& g) {
  Kernel kernel = kernel_for(context);
  Operand x = context.operands[0];
  const auto strides = row_major_strides(x.type.shape);
  x.type.shape = {element_count(x.type.shape)};
  const ArrayId x_array = operand_array(kernel, x);
  const ArrayId index_array = operand_array(kernel, context.operands[1]);
  const ArrayId y_array = output_array(kernel, context);
  std::vector<AffineExpr> y(g.result.size());
  const auto rows = row_dimensions(g.result);
  add_token_loops(kernel, g.result, rows, y);
  NestBuilder nest(kernel, "gather");
  add_loops(nest, g.result, other_dimensions(g.result, rows), y);

  const auto first = y.begin() + static_cast<std::ptrdiff_t>(g.axis);
  const auto behind = first + static_cast<std::ptrdiff_t>(g.indices.size());
  AffineExpr base;
  for (std::size_t d = 0; d < strides.size(); ++d) {
    if (d < g.axis) base += y[d] * strides[d];
    if (d > g.axis) base += behind[static_cast<std::ptrdiff_t>(d - g.axis - 1)] * strides[d];
  }
  const Value index = nest.load(index_array, {first, behind});
  const ScalarType index_type = nest.type(index);
  const Value negative = nest.compare(Opcode::less, index, nest.integer(index_type, 0));
  const Value positive = nest.select(negative, nest.add(index, nest.integer(index_type, g.extent)), index);
  const int width = std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(x.type.shape[0]))));
  const ScalarType address = ScalarType::unsigned_integer(width);
  const Value offset = nest.multiply(nest.convert(positive, address), nest.integer(address, strides[g.axis]));
  store_result(context, nest, y_array, y, nest.lookup(x_array, nest.add(offset, nest.affine(address, base))));
  return kernel;
}

Expected<Kernel> lower(const OpContext& context) {
  const auto g = gathering_of(context);
  if (!g) return g.errors();
  if (!context.operands[1].constant) return lower_computed(context, *g);
  const auto planned = plan(context);
  if (!planned) return planned.errors();
  return lower_copies(context, planned->copies);
}

}  // namespace

const OpDef& gather_op() {
  static const OpDef def{
      .name = "Gather",
      .attributes = {"axis"},
      .infer = infer,
      .evaluate = [](const OpContext& context) { return evaluate_copies(context, plan(context).value()); },
      .lower = lower,
      .scalar = nullptr};
  return def;
}

}  // namespace sluice
