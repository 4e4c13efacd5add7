#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "frontend/ops/op_def.hpp"

namespace sluice {

/// One spatial axis of a transposed convolution: tap k of input i adds to output i * stride + k * dilation -
/// pad_before, if that is inside.
struct TransposedAxis {
  std::string name;
  std::int64_t input = 1;
  std::int64_t output = 1;
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  std::int64_t pad_before = 0;
};

/// A transposed convolution: x[N][G*IC][...] with w[G*IC][OC][...] to y[N][G*OC][...].
struct TransposedConv {
  std::int64_t batch, groups, in_channels, out_channels;  ///< channels of one group
  std::vector<TransposedAxis> axes;

  [[nodiscard]] Shape output_shape() const;
};

/// That of a ConvTranspose node, from its operands and attributes.
Expected<TransposedConv> transposed_conv_of(const OpContext& context);

/// The kernel; w holds the weights of `conv`, whose dilations are all 1.
Kernel lower_transposed_conv(const OpContext& context, const TransposedConv& conv, const Operand& w);

}  // namespace sluice
