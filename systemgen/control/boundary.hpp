#pragma once

#include <set>
#include <string>
#include <vector>

#include "systemgen/control/channel_buffer.hpp"
#include "systemgen/control/system_rtl.hpp"

namespace sluice {

/// Declares the signals of one stream for each input and output port of the network, inputs first.
std::vector<StreamPort> add_stream_ports(Module& top, const TokenNetwork& network);

/// A step of a controller: a pulse starts it, a pulse says that it is done.
struct StepWires {
  Expr start;
  Expr done;
};

/// Instantiates what writes a frame of the input `port` into `buffer`, whose banks are those of `banking`, and drives
/// `tlast_error`. Returns the library cells.
std::set<std::string> add_receive(Module& top, const StreamPort& port, const ChannelBuffer& buffer,
                                  const Banking& banking, const StepWires& step, const Expr& tlast_error);

/// Instantiates what sends a frame of the output `port` through `read`, from the banks of `banking`. Returns the
/// library cells.
std::set<std::string> add_send(Module& top, const StreamPort& port, const ReadPort& read, const Banking& banking,
                               const StepWires& step);

}  // namespace sluice
