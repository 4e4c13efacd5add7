#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "frontend/ops/copy.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/window.hpp"

namespace sluice {
namespace {

/// "h" for the first loop along an output axis, "h1" for the second, ...
std::vector<std::string> loop_names(const Copy& copy) {
  std::vector<std::string> axes;
  const std::size_t rank = copy.to.size();
  if (rank >= 3) {
    axes = spatial_names(rank - 2);
    axes.insert(axes.begin(), {"n", "c"});
  } else {
    for (std::size_t i = 0; i < rank; ++i) axes.push_back(fmt::format("i{}_", i));
  }
  std::map<std::size_t, int> seen;
  std::vector<std::string> names;
  for (const auto& loop : copy.loops) {
    const int earlier = seen[loop.output_axis]++;
    names.push_back(axes[loop.output_axis] + (earlier == 0 ? "" : std::to_string(earlier)));
  }
  return names;
}

/// The output axes that token loops may walk: rows, unless copies divide them.
std::set<std::size_t> token_axes(const OpContext& context, const std::vector<Copy>& copies) {
  std::set<std::size_t> axes;
  const Shape& shape = context.node.outputs[0].type.shape;
  for (const int row : row_dimensions(shape)) {
    const auto axis = static_cast<std::size_t>(row);
    const bool whole = std::ranges::all_of(copies, [&](const Copy& copy) {
      std::int64_t trips = 1;
      for (const auto& loop : copy.loops) trips *= loop.output_axis == axis ? loop.trip : 1;
      return trips == shape[axis];
    });
    if (whole) axes.insert(axis);
  }
  return axes;
}

/// The element at `from`, plus what the tables add, by its number in the array.
Value look_up(NestBuilder& nest, const Copy& copy, const Operand& x, const std::vector<AffineExpr>& from,
              const std::vector<AffineExpr>& iterators) {
  Operand flat = x;
  flat.type.shape = {element_count(x.type.shape)};
  const ArrayId array = operand_array(nest.kernel(), flat);
  const auto strides = row_major_strides(x.type.shape);
  const ScalarType type = ScalarType::unsigned_integer(
      std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(flat.type.shape[0] - 1)))));
  AffineExpr base;
  for (std::size_t d = 0; d < from.size(); ++d) base += from[d] * strides[d];
  Value address = nest.affine(type, base);
  for (const auto& table : copy.tables) {
    Shape shape;
    std::vector<AffineExpr> index;
    for (const auto i : table.loops) {
      shape.push_back(copy.loops[i].trip);
      index.push_back(iterators[i]);
    }
    auto contents = std::make_shared<std::vector<std::uint64_t>>();
    for (const auto value : table.values) contents->push_back(from_int64(type, value * strides[table.input_axis]));
    const ArrayId rom = add_array(nest.kernel(), {.name = fmt::format("source_{}_{}", copy.operand, table.input_axis),
                                                  .type = type,
                                                  .shape = shape,
                                                  .role = ArrayRole::weight,
                                                  .tensor = "",
                                                  .contents = contents});
    address = nest.add(address, nest.load(rom, index));
  }
  return nest.lookup(array, address);
}

Value source_value(NestBuilder& nest, const Copy& copy, const Operand& x, const std::vector<AffineExpr>& from,
                   const std::vector<AffineExpr>& iterators) {
  if (!copy.tables.empty()) return look_up(nest, copy, x, from, iterators);
  std::vector<Condition> inside;
  for (std::size_t d = 0; d < from.size(); ++d) {
    for (auto& condition : in_range(from[d], x.type.shape[d])) inside.push_back(std::move(condition));
  }
  return load_or(nest, operand_array(nest.kernel(), x), from, needed_guard(nest, inside), copy.fill);
}

}  // namespace

Kernel lower_copies(const OpContext& context, const std::vector<Copy>& copies) {
  Kernel kernel = kernel_for(context);
  std::vector<ArrayId> outputs;
  for (int i = 0; i < context.output_count; ++i) outputs.push_back(output_array(kernel, context, i));
  const auto tokens = token_axes(context, copies);
  for (const auto& loop : copies[0].loops) {
    if (tokens.contains(loop.output_axis)) {
      token_loop(kernel, loop_names(copies[0])[static_cast<std::size_t>(&loop - copies[0].loops.data())], loop.trip);
    }
  }
  for (const auto& copy : copies) {
    NestBuilder nest(kernel, copies.size() == 1 ? "copy" : fmt::format("copy{}", &copy - copies.data()));
    const auto names = loop_names(copy);
    std::vector<AffineExpr> iterators(copy.loops.size());
    std::size_t token = 0;
    for (std::size_t i = 0; i < copy.loops.size(); ++i) {
      const auto& loop = copy.loops[i];
      if (loop.trip == 1) continue;
      iterators[i] = tokens.contains(loop.output_axis) ? nest.token(token++) : nest.loop(names[i], loop.trip);
    }
    std::vector<AffineExpr> from(copy.from.begin(), copy.from.end()), to(copy.to.begin(), copy.to.end());
    for (std::size_t i = 0; i < copy.loops.size(); ++i) {
      const auto& loop = copy.loops[i];
      to[loop.output_axis] += iterators[i] * loop.output_step;
      if (loop.input_step != 0) from[loop.input_axis] += iterators[i] * loop.input_step;
    }
    const Value value = source_value(nest, copy, context.operands[copy.operand], from, iterators);
    if (copy.output == 0) {
      store_result(context, nest, outputs[0], to, value);
    } else {
      nest.store(outputs[copy.output], to, value);
    }
  }
  return kernel;
}

}  // namespace sluice
