#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "frontend/ops/op_def.hpp"
#include "frontend/ops/window.hpp"

/// What all poolings share: a window slides over every channel and is folded to one element.
namespace sluice {

struct Pooling {
  std::int64_t batch = 1;
  std::int64_t channels = 1;
  Window window;
};

/// The pooling of a node with the attribute kernel_shape.
Expected<Pooling> pooling_of(const OpContext& context);

/// The pooling whose one window is the whole image.
Expected<Pooling> global_pooling_of(const OpContext& context);

/// Type of the result.
std::vector<TensorType> pooled_types(const OpContext& context, const Pooling& pooling);

/// How the elements of a window become one, in a kernel's body.
struct PoolingRule {
  Opcode op = Opcode::maximum;
  std::uint64_t neutral = 0;  ///< bits with which a fold starts and that stand for padding
  /// Makes the result from what was folded at an output position; none: it is the result.
  std::function<Value(NestBuilder&, Value folded, const std::vector<AffineExpr>& position)> finish;
};

Kernel lower_pooling(const OpContext& context, const Pooling& pooling, const PoolingRule& rule);

/// Calls `result(plane, position, taps)` for each output element in row-major order; `plane` is the input plane's first
/// element, `taps` are those inside it.
void for_each_window(const Pooling& pooling,
                     const std::function<void(std::int64_t plane, const std::vector<std::int64_t>& position,
                                              const std::vector<Tap>& taps)>& result);

/// Greatest element of each window, and the kernel that computes it.
std::vector<Tensor> evaluate_maximum(const OpContext& context, const Pooling& pooling);
Kernel lower_maximum(const OpContext& context, const Pooling& pooling);

/// Mean of each window. `include_padding`: padding counts as zeros.
std::vector<Tensor> evaluate_average(const OpContext& context, const Pooling& pooling, bool include_padding);
Kernel lower_average(const OpContext& context, const Pooling& pooling, bool include_padding);

}  // namespace sluice
