#pragma once

#include <vector>

#include "core/kernel/banking.hpp"
#include "rtlgen/netlist/netlist.hpp"
#include "systemgen/control/channel_buffer.hpp"

namespace sluice {

/// The parameters of sluice_bank_scatter and sluice_bank_gather for a tensor of more than one bank in a buffer of
/// `shape`: the counters that walk through its elements in row-major order without dividing or multiplying.
std::vector<ParameterValue> walk_parameters(const Banking& banking, const BufferShape& shape);

}  // namespace sluice
