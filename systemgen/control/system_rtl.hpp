#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rtlgen/netlist/netlist.hpp"
#include "systemgen/control/timed_system.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {

/// An AXI4-Stream port of a design: signals <name>_tdata, _tvalid, _tready, _tlast.
struct StreamPort {
  Direction direction = Direction::input;
  std::string name;    ///< "s_axis_<tensor>", "m_axis_<tensor>"
  std::string tensor;  ///< the model's name for the input or output
  TensorType type;
  int element_bits = 8;  ///< in tdata: whole bytes
  int elements_per_beat = 1;
  std::int64_t beats_per_frame = 1;
  StreamOrder order = {};  ///< of the elements

  [[nodiscard]] int data_bits() const { return element_bits * elements_per_beat; }
};

/// Nets of the top module through which a channel is written: where a test bench can watch an actor's results. Bank k
/// has bit k of `enable` and part k of `address` and `data`.
struct ChannelTap {
  ChannelId channel;
  std::string enable;
  std::string address;  ///< counts elements of a bank
  std::string data;
  int address_bits = 1;  ///< of one bank
  int data_bits = 1;     ///< of one bank
};

/// A network as hardware, and what is known about its time. `aclk` and the synchronous, active-low `aresetn` are ports
/// of the top module, and `tlast_error`: 1 from the first input beat whose TLAST does not agree with the frame's
/// length.
struct SystemRtl {
  Module top{"top", ""};
  std::vector<StreamPort> ports;
  std::vector<ChannelTap> taps;           ///< in the order of the network's channels
  std::vector<std::int64_t> copies;       ///< of each channel's memories, one for each port that reads at the same time
  std::vector<std::int64_t> words;        ///< of each channel's banks
  std::vector<std::int64_t> interleaved;  ///< memories of each channel's banks, among which their words are dealt out
  std::set<std::string> cells;            ///< names of library cells that the top module instantiates
  std::int64_t predicted_latency = 0;   ///< cycles from the first input beat to the last output beat, of an idle design
  std::int64_t predicted_interval = 0;  ///< cycles between the last beats of successive frames, inputs always offered
  std::int64_t memory_bits = 0;         ///< of the channels' buffers
  std::optional<TimedSystem> timed;     ///< of a dataflow system
  std::vector<std::string> fires;       ///< by actor of `timed`: the net of the top module that is 1 when it fires
};

}  // namespace sluice
