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

/// A kernel as hardware. Besides the array ports, its module has clk, rst, start_i (a pulse: run one frame) and done_o
/// (a pulse after the frame's last write; the next start may come in the same cycle).
struct ActorRtl {
  Module module;
  std::vector<ActorPort> inputs;
  std::vector<ActorPort> outputs;
  std::vector<MemoryFile> memories;
  std::set<std::string> units;    ///< modules of the library (rtlgen/units) that it instantiates
  std::int64_t frame_cycles = 0;  ///< from the cycle of start_i to that of done_o, exactly
  std::int64_t register_bits = 0;
  std::int64_t memory_bits = 0;  ///< weights and scratch
};

/// Level 6 to 7: the actor `name` (a Verilog identifier, unique in the design) that is `fsmd` of `kernel`.
ActorRtl generate_actor(const Kernel& kernel, const Fsmd& fsmd, const std::string& name);

}  // namespace sluice
