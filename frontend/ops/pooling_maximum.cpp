#include <cmath>
#include <limits>

#include "core/arith/float_ops.hpp"
#include "frontend/ops/host_numbers.hpp"
#include "frontend/ops/pooling.hpp"

namespace sluice {
namespace {

template <typename Number>
Tensor maxima(const OpContext& context, const Pooling& pooling) {
  const auto x = numbers<Number>(*context.operands[0].constant);
  std::vector<Number> y;
  for_each_window(pooling, [&](std::int64_t plane, const auto&, const std::vector<Tap>& taps) {
    Number greatest = std::numeric_limits<Number>::lowest();
    if constexpr (std::is_floating_point_v<Number>) greatest = -std::numeric_limits<Number>::infinity();
    for (const auto& tap : taps) {
      const Number element = x[static_cast<std::size_t>(plane + tap.input)];
      // A NaN in the window is its maximum: it wins against all, and nothing wins against it.
      if (!(element <= greatest)) greatest = std::isnan(static_cast<double>(greatest)) ? greatest : element;
    }
    y.push_back(greatest);
  });
  return tensor_of(pooled_types(context, pooling)[0], y);
}

}  // namespace

std::vector<Tensor> evaluate_maximum(const OpContext& context, const Pooling& pooling) {
  return {with_number_kind(context.operands[0].type.element,
                           [&](auto kind) { return maxima<decltype(kind)>(context, pooling); })};
}

Kernel lower_maximum(const OpContext& context, const Pooling& pooling) {
  const ScalarType type = scalar_type(context.operands[0].type.element);
  std::uint64_t least = 0;
  if (type.is_float()) least = fp::infinity(type.format(), true);
  if (type.is_signed()) least = std::uint64_t{1} << (type.width() - 1);
  return lower_pooling(context, pooling, {.op = Opcode::maximum, .neutral = least, .finish = nullptr});
}

}  // namespace sluice
