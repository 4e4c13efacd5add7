#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "rtlgen/fsmd/fsmd.hpp"
#include "rtlgen/fsmd/memory_file.hpp"
#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

/// A memory port of an actor that leads outside, for an input or output array, or for several that are banks of one
/// tensor and always accessed together, at one address. Addresses count elements of an array.
///   input:  <name>_re_o, <name>_raddr_o, <name>_rdata_i   data comes one cycle after re
///   output: <name>_we_o, <name>_waddr_o, <name>_wdata_o
/// rdata, wdata and we have a part for each array, the first lowest.
struct ActorPort {
  std::vector<ArrayId> arrays;
  std::string name;  ///< prefix of the port's signals
  int address_bits = 1;
  int data_bits = 1;  ///< of one array

  [[nodiscard]] int lanes() const { return static_cast<int>(arrays.size()); }
};

/// A pulse of an actor that tells a neighbour of each of its firings: one cycle before the last access of a tensor.
struct AccessPulse {
  std::string tensor;
  ArrayRole role = ArrayRole::input;
  std::string signal;      ///< an output of the actor
  std::int64_t delay = 1;  ///< cycles from fire_o
};

/// A kernel as hardware. Besides the array ports and pulses, its module has clk, rst and
///   go_i    the next firing may start
///   fire_o  a firing starts in this cycle: go_i, while the actor waits or has issued all of the firing before
///   done_o  a pulse in the cycle of a frame's last operation
struct ActorRtl {
  Module module{"", ""};
  std::vector<ActorPort> inputs;
  std::vector<ActorPort> outputs;
  std::vector<AccessPulse> pulses;  ///< one for each tensor that is read and each that is written
  std::vector<MemoryFile> memories;
  std::set<std::string> units;    ///< modules of the library (rtlgen/units) that it instantiates
  std::int64_t firings = 1;       ///< of a frame
  std::int64_t spacing = 1;       ///< cycles from a firing to the soonest next
  std::int64_t frame_cycles = 0;  ///< from the first fire_o to done_o of a frame that never waits, exactly
  std::int64_t register_bits = 0;
  std::int64_t memory_bits = 0;  ///< weights and scratch
};

/// Level 6 to 7: the actor `name` (a Verilog identifier, unique in the design) that is `fsmd` of `kernel`.
ActorRtl generate_actor(const Kernel& kernel, const Fsmd& fsmd, const std::string& name);

}  // namespace sluice
