#pragma once

#include <cstdint>
#include <vector>

#include "core/diag/expected.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {

/// What passes through each channel in one frame: raw bits of the elements, row-major.
using ChannelContents = std::vector<std::vector<std::uint64_t>>;

/// One frame through the network, actor after actor by the kernel interpreter. `inputs` are those of the input ports,
/// in their order.
Expected<ChannelContents> execute(const TokenNetwork& network, const std::vector<std::vector<std::uint64_t>>& inputs);

/// The raw bits of a tensor's elements, as hardware carries them, and back.
std::vector<std::uint64_t> to_bits(const Tensor& tensor);
Tensor from_bits(const TensorType& type, const std::vector<std::uint64_t>& bits);

}  // namespace sluice
