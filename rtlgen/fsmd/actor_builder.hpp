#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rtlgen/fsmd/actor.hpp"
#include "rtlgen/fsmd/cells.hpp"
#include "rtlgen/fsmd/memories.hpp"
#include "rtlgen/fsmd/steps.hpp"

namespace sluice {

/// Level 6 to 7, piece by piece: what `generate_actor` runs. Its parts are control (actor_control.cpp), counters,
/// addresses and guards (actor_trackers.cpp), data path (actor_datapath.cpp) and memories (actor_memories.cpp).
class ActorBuilder {
 public:
  ActorBuilder(const Kernel& kernel, const Fsmd& fsmd, const std::string& name);

  ActorRtl build();

 private:
  /// Names of one nest's own signals start with the nest's name where there are several.
  [[nodiscard]] std::string prefix(std::size_t nest) const {
    return fsmd_.nests.size() == 1 ? "" : fsmd_.nests[nest].name + "_";
  }

  [[nodiscard]] Expr active(const State& state) const { return states_[state.nest].slice(state.cycle, 1); }

  void declare_states();
  void declare_trackers();
  void declare_arrays();
  void declare_datapath();

  void drive_states();
  /// Drives fire_o from the cycles in which a firing has been issued.
  void drive_fire(const Expr& issued);
  void add_pulses();
  void add_pulse(const std::string& tensor, ArrayRole role);
  void drive_state(std::size_t n, Expr begin, const Expr& finish);

  void drive_trackers();
  void drive_tracker(std::size_t i);
  struct TrackerCase {
    Expr condition;  ///< of the last case: not to be asked, it is all others
    std::uint64_t increment = 0;
  };
  /// By what a tracker moves, and when, as seen in the cycle in which it does.
  std::vector<TrackerCase> tracker_cases(std::size_t i);
  /// Makes the conditions of the first cycle those of a later one: the number of the case travels, in binary.
  void encode(std::vector<TrackerCase>& cases, std::size_t i);
  Expr guard_net(const Guard& guard);
  [[nodiscard]] Expr test_bit(const Guard::Test& test) const;
  /// The signal that says "the loop is in its last iteration", if that is what the test asks.
  [[nodiscard]] std::optional<Expr> at_last(const Guard::Test& test) const;

  [[nodiscard]] Expr net(const Source& source, int width) const;
  struct Choice {
    State state;
    Expr value;
  };
  /// One of several values by the active state. Where no state is active the value does not matter.
  [[nodiscard]] Expr choose(const std::vector<Choice>& choices) const;
  [[nodiscard]] Expr any_active(const std::vector<State>& states) const;
  void drive_wire(std::size_t i);
  void drive_registers();
  void add_unit(std::size_t i);
  /// A wire for anything but a net, a slice of one or a constant, so that instances read well.
  Expr named(const std::string& name, const Expr& value);

  [[nodiscard]] Expr address_net(const MemoryAccess& access, int bits) const;
  /// Enable and address of what reads an array.
  [[nodiscard]] MemoryPort read_port(std::size_t i) const;
  [[nodiscard]] MemoryPort write_port(std::size_t i) const;
  void drive_input(const ActorPort& port);
  void drive_output(const ActorPort& port);
  void add_memory(std::size_t i);
  /// The register of a scratch array of one element.
  void drive_word(std::size_t i);
  /// The fields' data, side by side.
  [[nodiscard]] MemoryPort write_port(const Memory& memory) const;
  [[nodiscard]] MemoryFile memory_file(std::size_t i) const;

  const Kernel& kernel_;
  const Fsmd& fsmd_;
  ActorRtl actor_;
  Module& m_;
  Expr go_, fire_, done_;
  std::vector<Expr> states_, trackers_, guards_, registers_, unit_outputs_, wires_, read_data_;
  std::vector<StepSignals> steps_;
  std::vector<Memory> memories_;
  std::vector<Expr> memory_data_;  // what each memory gives
};

/// Bits that address every word of where the array is stored.
int address_bits(const Array& array, const FsmdArray& stored);

}  // namespace sluice
