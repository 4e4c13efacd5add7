#pragma once

#include <vector>

#include "rtlgen/netlist/netlist.hpp"
#include "systemgen/control/channel_buffer.hpp"
#include "systemgen/network/stream_view.hpp"

namespace sluice {

/// The parameters of sluice_bank_scatter and sluice_bank_gather for a stream through a buffer of `shape`, as the view
/// has it: the counters that walk through the tensor without dividing or multiplying. Where the buffer's banks have
/// another number of words than the tensor's, they are circular: each frame begins where the one before it ended, and
/// addresses count modulo the words.
std::vector<ParameterValue> walk_parameters(const StreamView& view, const BufferShape& shape);

/// Whether the walk counts addresses of one bank from 0 on, frame after frame.
bool walks_straight(const StreamView& view, const BufferShape& shape);

}  // namespace sluice
