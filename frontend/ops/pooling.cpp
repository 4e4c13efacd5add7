#include "frontend/ops/pooling.hpp"

#include <fmt/format.h>

#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"

namespace sluice {
namespace {

Expected<Pooling> pooling_with(const OpContext& context, const Shape& kernel) {
  const Shape& x = context.operands[0].type.shape;
  auto window = sliding_window(context, spatial_extents(x), kernel);
  if (!window) return window.errors();
  return Pooling{x[0], x[1], *window};
}

Diagnostic refuse_rank(const OpContext& context) {
  return context.error(
      fmt::format("a pooling needs an input of rank 3 or more, not {}", to_string(context.operands[0].type.shape)));
}

}  // namespace

Expected<Pooling> pooling_of(const OpContext& context) {
  if (context.operands[0].type.shape.size() < 3) return refuse_rank(context);
  const Shape kernel = context.integers("kernel_shape");
  if (kernel.empty()) return context.error("attribute 'kernel_shape' is missing");
  return pooling_with(context, kernel);
}

Expected<Pooling> global_pooling_of(const OpContext& context) {
  const Shape& x = context.operands[0].type.shape;
  if (x.size() < 3) return refuse_rank(context);
  return pooling_with(context, spatial_extents(x));
}

std::vector<TensorType> pooled_types(const OpContext& context, const Pooling& pooling) {
  Shape shape{pooling.batch, pooling.channels};
  for (const auto& axis : pooling.window) shape.push_back(axis.output);
  return {{context.operands[0].type.element, shape}};
}

Kernel lower_pooling(const OpContext& context, const Pooling& pooling, const PoolingRule& rule) {
  const Window& window = pooling.window;
  Kernel kernel = kernel_for(context);
  const ArrayId x_array = operand_array(kernel, context.operands[0]);
  const ArrayId y_array = output_array(kernel, context);
  const AffineExpr n = token_loop(kernel, "n", pooling.batch);
  std::vector<AffineExpr> o{token_loop(kernel, "o" + window[0].name, window[0].output)};

  NestBuilder nest(kernel, "pool");
  for (std::size_t i = 1; i < window.size(); ++i) o.push_back(nest_loop(nest, "o" + window[i].name, window[i].output));
  const AffineExpr c = nest_loop(nest, "c", pooling.channels);
  const std::vector<AffineExpr> k = kernel_loops(nest, window);
  std::vector<AffineExpr> at;
  for (std::size_t i = 0; i < window.size(); ++i) at.push_back(window[i].input_index(o[i], k[i]));
  std::vector<AffineExpr> x_index{n, c};
  x_index.insert(x_index.end(), at.begin(), at.end());
  std::vector<AffineExpr> y_index{n, c};
  y_index.insert(y_index.end(), o.begin(), o.end());

  const Value x = load_or(nest, x_array, x_index, needed_guard(nest, inside(window, at)), rule.neutral);
  Value result = reduce(nest, rule.op, k, nest.constant(nest.type(x), rule.neutral), x);
  if (rule.finish) result = rule.finish(nest, result, o);
  store_result(context, nest, y_array, y_index, result, last_iteration(nest, k));
  return kernel;
}

void for_each_window(
    const Pooling& pooling,
    const std::function<void(std::int64_t, const std::vector<std::int64_t>&, const std::vector<Tap>&)>& result) {
  const Shape positions = output_extents(pooling.window);
  std::vector<std::vector<Tap>> taps;
  std::vector<std::int64_t> position(positions.size());
  do taps.push_back(taps_inside(pooling.window, position));
  while (advance(position, positions));
  std::int64_t plane_size = 1;
  for (const auto& axis : pooling.window) plane_size *= axis.input;
  for (std::int64_t plane = 0; plane < pooling.batch * pooling.channels; ++plane) {
    std::size_t i = 0;
    do result(plane * plane_size, position, taps[i++]);
    while (advance(position, positions));
  }
}

}  // namespace sluice
