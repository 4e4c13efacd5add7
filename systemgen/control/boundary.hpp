#pragma once

#include <set>
#include <string>
#include <vector>

#include "systemgen/control/channel_buffer.hpp"
#include "systemgen/control/system_rtl.hpp"

namespace sluice {

/// Declares the signals of one stream for each input and output port of the network, inputs first.
std::vector<StreamPort> add_stream_ports(Module& top, const TokenNetwork& network);

/// How a port is let fire, and what it tells.
struct PortControl {
  std::int64_t run = 1;  ///< beats of a firing
  Expr go;               ///< a level
  Expr final;            ///< a level: the firing that is on its way is a frame's last
  Expr fire;             ///< a pulse, as are the others: a firing starts
  Expr accessed;         ///< the next cycle has its last access
  Expr done;             ///< this cycle has the frame's last access
};

/// Instantiates what writes frames of the input `port` into the buffer of `channel`, and drives `tlast_error`. Returns
/// the library cells.
std::set<std::string> add_receive(Module& top, const StreamPort& port, const ChannelBuffer& buffer,
                                  const Channel& channel, const PortControl& control, const Expr& tlast_error);

/// Instantiates what sends frames of the output `port` through `read` from the buffer of `channel`. Returns the library
/// cells.
std::set<std::string> add_send(Module& top, const StreamPort& port, const ReadPort& read, const Channel& channel,
                               const PortControl& control);

}  // namespace sluice
