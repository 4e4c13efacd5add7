#include "rtlgen/fsmd/actor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "rtlgen/fsmd/actor_builder.hpp"
#include "rtlgen/fsmd/control.hpp"
#include "rtlgen/fsmd/outside_ports.hpp"
#include "rtlgen/netlist/unused.hpp"

namespace sluice {
namespace {

std::string head(const Kernel& kernel, const Fsmd& fsmd) {
  std::string text = fmt::format(
      "{} as a finite-state machine with datapath.\nImplements the ONNX node(s): {}\nOne frame takes {} cycles, from "
      "its first fire_o to done_o.\n",
      kernel.operation, fmt::join(kernel.onnx_nodes, ", "), frame_cycles(fsmd));
  for (const auto& nest : fsmd.nests) {
    std::string loops;
    for (std::size_t i = 0; i < nest.trips.size(); ++i)
      loops += fmt::format("{}{} < {}", i ? ", " : "", nest.loops[i], nest.trips[i]);
    text += fmt::format("Nest {}: an iteration takes {} cycles, one starts every {}; {}\n", nest.name, nest.length,
                        nest.ii, loops.empty() ? "one iteration" : "loops " + loops);
  }
  return text;
}

std::string tracker_comment(const Fsmd& fsmd, const Tracker& tracker) {
  const std::string text = to_string(tracker.expr, fsmd.nests[tracker.nest].loops);
  return tracker.ring == 0 ? text : fmt::format("{}, {} more a frame, modulo {}", text, tracker.frame, tracker.ring);
}

}  // namespace

ActorBuilder::ActorBuilder(const Kernel& kernel, const Fsmd& fsmd, const std::string& name)
    : kernel_(kernel),
      fsmd_(fsmd),
      actor_{Module(name, head(kernel, fsmd)), {}, {}, {}, {}, {}, 1, 1, 0, 0, 0},
      m_(actor_.module),
      memories_(memories_of(kernel, fsmd)) {}

ActorRtl ActorBuilder::build() {
  m_.add_input("clk", 1);
  m_.add_input("rst", 1);
  go_ = m_.add_input("go_i", 1);
  fire_ = m_.add_output("fire_o", 1);
  done_ = m_.add_output("done_o", 1);
  declare_states();
  declare_trackers();
  declare_arrays();
  declare_datapath();
  for (const auto& guard : fsmd_.guards) guards_.push_back(guard_net(guard));
  drive_trackers();
  drive_states();
  for (std::size_t i = 0; i < fsmd_.wires.size(); ++i) drive_wire(i);
  drive_registers();
  for (std::size_t i = 0; i < fsmd_.units.size(); ++i) add_unit(i);
  for (const auto& port : actor_.inputs) drive_input(port);
  actor_.outputs = outside_ports(kernel_, fsmd_, ArrayRole::output, m_);
  for (const auto& port : actor_.outputs) drive_output(port);
  for (std::size_t i = 0; i < memories_.size(); ++i) add_memory(i);
  for (std::size_t i = 0; i < kernel_.arrays.size(); ++i) drive_word(i);
  add_pulses();
  actor_.firings = token_count(kernel_);
  actor_.spacing = firing_spacing(fsmd_);
  actor_.frame_cycles = frame_cycles(fsmd_);
  for (const auto& reg : m_.registers()) actor_.register_bits += reg.width;
  sink_unused_bits(m_);
  return std::move(actor_);
}

void ActorBuilder::declare_states() {
  for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
    states_.push_back(
        m_.add_register(prefix(n) + "state_q", state_count(fsmd_, n), 0, "bit t: an iteration is in its cycle t"));
  }
}

void ActorBuilder::declare_trackers() {
  for (const auto& tracker : fsmd_.trackers) {
    const int width = tracker.type.width();
    const auto start = static_cast<std::uint64_t>(register_value(tracker, tracker.expr.constant()));
    const auto increments = register_increments(fsmd_, tracker);
    const bool moves = std::any_of(increments.begin(), increments.end(), [&](std::int64_t i) {
      return (static_cast<std::uint64_t>(i) & low_bits(width)) != 0;
    });
    trackers_.push_back(moves ? m_.add_register(prefix(tracker.nest) + tracker.name + "_q", width,
                                                start & low_bits(width),
                                                tracker_comment(fsmd_, tracker))
                              : Expr::constant(width, start));
  }
  for (std::size_t n = 0; n < fsmd_.nests.size(); ++n)
    steps_.emplace_back(m_, fsmd_.nests[n], prefix(n), active({n, fsmd_.nests[n].ii - 1}));
}

void ActorBuilder::declare_arrays() {
  read_data_.resize(kernel_.arrays.size());
  for (std::size_t i = 0; i < kernel_.arrays.size(); ++i) {
    const auto& array = kernel_.arrays[i];
    if (!is_word(array) || fsmd_.arrays[i].reads.empty()) continue;
    read_data_[i] = array.role == ArrayRole::weight ? Expr::constant(array.type.width(), array.contents->front())
                                                    : m_.add_register(array.name + "_q", array.type.width());
  }
  for (const auto& memory : memories_) {
    memory_data_.push_back(m_.add_wire(memory.name + "_rdata", memory.width));
    for (const auto& field : memory.fields) {
      read_data_[field.array] = memory_data_.back().slice(field.low, kernel_.arrays[field.array].type.width());
    }
  }
  actor_.inputs = outside_ports(kernel_, fsmd_, ArrayRole::input, m_);
  for (const auto& port : actor_.inputs) {
    const Expr data = m_.add_input(port.name + "_rdata_i", port.data_bits * port.lanes());
    for (int lane = 0; lane < port.lanes(); ++lane) {
      read_data_[port.arrays[static_cast<std::size_t>(lane)].index()] =
          data.slice(lane * port.data_bits, port.data_bits);
    }
  }
}

void ActorBuilder::declare_datapath() {
  for (const auto& reg : fsmd_.registers) registers_.push_back(m_.add_register(reg.bound.name + "_q", reg.bound.width));
  for (const auto& unit : fsmd_.units)
    unit_outputs_.push_back(m_.add_wire(unit.bound.name + "_y", unit.bound.spec.result.width()));
  for (const auto& wire : fsmd_.wires) wires_.push_back(m_.add_wire(wire.name, wire.type.width()));
}

ActorRtl generate_actor(const Kernel& kernel, const Fsmd& fsmd, const std::string& name) {
  return ActorBuilder(kernel, fsmd, name).build();
}

}  // namespace sluice
