#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "core/arith/float_ops.hpp"
#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/pooling.hpp"

namespace sluice {
namespace {

/// Number of elements that the mean at output `o` is taken over, along one axis. What a window of ceil_mode covers
/// behind the padding never counts.
std::int64_t counted(const WindowAxis& axis, std::int64_t o, bool include_padding) {
  const std::int64_t low = include_padding ? -axis.pad_before : 0;
  const std::int64_t high = axis.input + (include_padding ? axis.pad_after : 0);
  std::int64_t count = 0;
  for (std::int64_t k = 0; k < axis.kernel; ++k) {
    const std::int64_t at = o * axis.stride + k * axis.dilation - axis.pad_before;
    if (at >= low && at < high) ++count;
  }
  return std::max<std::int64_t>(count, 1);
}

std::vector<std::int64_t> counts_along(const WindowAxis& axis, bool include_padding) {
  std::vector<std::int64_t> counts;
  for (std::int64_t o = 0; o < axis.output; ++o) counts.push_back(counted(axis, o, include_padding));
  return counts;
}

/// Reciprocals of the windows' counts, with an extent of 1 along axes where the count does not change.
Tensor reciprocals(const Pooling& pooling, ElementType element, bool include_padding) {
  std::vector<std::vector<std::int64_t>> counts;
  Shape shape;
  for (const auto& axis : pooling.window) {
    counts.push_back(counts_along(axis, include_padding));
    const bool constant = std::set(counts.back().begin(), counts.back().end()).size() == 1;
    shape.push_back(constant ? 1 : axis.output);
  }
  std::vector<double> values;
  std::vector<std::int64_t> position(shape.size());
  do {
    std::int64_t count = 1;
    for (std::size_t i = 0; i < position.size(); ++i) count *= counts[i][static_cast<std::size_t>(position[i])];
    values.push_back(1.0 / static_cast<double>(count));
  } while (advance(position, shape));
  return tensor_of({element, shape}, values);
}

}  // namespace

std::vector<Tensor> evaluate_average(const OpContext& context, const Pooling& pooling, bool include_padding) {
  const auto x = numbers<double>(*context.operands[0].constant);
  std::vector<double> y;
  for_each_window(pooling,
                  [&](std::int64_t plane, const std::vector<std::int64_t>& position, const std::vector<Tap>& taps) {
                    double sum = 0;
                    for (const auto& tap : taps) sum += x[static_cast<std::size_t>(plane + tap.input)];
                    std::int64_t count = 1;
                    for (std::size_t i = 0; i < position.size(); ++i)
                      count *= counted(pooling.window[i], position[i], include_padding);
                    y.push_back(sum / static_cast<double>(count));
                  });
  return {tensor_of(pooled_types(context, pooling)[0], y)};
}

Kernel lower_average(const OpContext& context, const Pooling& pooling, bool include_padding) {
  const auto table =
      std::make_shared<const Tensor>(reciprocals(pooling, context.operands[0].type.element, include_padding));
  const Operand scale{.type = table->type(),
                      .tensor = fmt::format("{}_reciprocals", context.node.name),
                      .constant = table,
                      .present = true};
  // A division costs far more than a product with the reciprocal, which is off by one rounding.
  return lower_pooling(context, pooling,
                       {.op = Opcode::add,
                        .neutral = fp::negate(scalar_type(context.operands[0].type.element).format(), 0),
                        .finish = [&](NestBuilder& nest, Value sum, const std::vector<AffineExpr>& position) {
                          return nest.multiply(sum, operand_value(nest, scale, position));
                        }});
}

}  // namespace sluice
