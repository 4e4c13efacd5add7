#pragma once

#include <vector>

#include "core/kernel/banking.hpp"
#include "rtlgen/netlist/netlist.hpp"
#include "systemgen/control/channel_buffer.hpp"
#include "systemgen/network/rows.hpp"

namespace sluice {

/// The parameters of sluice_bank_scatter and sluice_bank_gather for a tensor in a buffer of `shape`, in which rows lie
/// one after another: the counters that walk through its elements in row-major order without dividing or multiplying.
/// Where the buffer's banks have another
/// number of words than the tensor's, they are circular: each frame begins where the one before it ended, and addresses
/// count modulo the words.
std::vector<ParameterValue> walk_parameters(const Banking& banking, const Rows& rows, const BufferShape& shape);

/// Whether walking in row-major order counts addresses from 0 on, frame after frame.
bool walks_straight(const Banking& banking, const Rows& rows, const BufferShape& shape);

}  // namespace sluice
