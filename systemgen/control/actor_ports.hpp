#pragma once

#include <vector>

#include "rtlgen/fsmd/actor.hpp"
#include "systemgen/control/channel_buffer.hpp"

namespace sluice {

/// Connects the ports of an actor's instance that read `arrays` (by bank, see Link) to a buffer's read port, each with
/// the banks that it reads at once. Banks that no port reads are never enabled.
void connect_input(Module& top, Instance& instance, const std::vector<ActorPort>& ports,
                   const std::vector<ArrayId>& arrays, const ReadPort& read);

/// The same for the ports that write `arrays` (by bank, see Channel) into a buffer.
void connect_output(Module& top, Instance& instance, const std::vector<ActorPort>& ports,
                    const std::vector<ArrayId>& arrays, const ChannelBuffer& buffer);

}  // namespace sluice
