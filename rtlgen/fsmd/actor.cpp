#include "rtlgen/fsmd/actor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>

#include "rtlgen/fsmd/cells.hpp"
#include "rtlgen/fsmd/control.hpp"
#include "rtlgen/fsmd/inline_ops.hpp"
#include "rtlgen/fsmd/steps.hpp"
#include "rtlgen/netlist/unused.hpp"

namespace sluice {
namespace {

int address_bits(const Array& array) {
  return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(element_count(array.shape) - 1))));
}

std::string head(const Kernel& kernel, const Fsmd& fsmd) {
  std::string text = fmt::format("{} as a finite-state machine with datapath.\nImplements the ONNX node(s): {}\nOne frame takes {} cycles, from start_i to done_o.\n",
                                 kernel.operation, fmt::join(kernel.onnx_nodes, ", "), frame_cycles(fsmd));
  for (const auto& nest : fsmd.nests) {
    std::string loops;
    for (std::size_t i = 0; i < nest.trips.size(); ++i) loops += fmt::format("{}{} < {}", i ? ", " : "", nest.loops[i], nest.trips[i]);
    text += fmt::format("Nest {}: an iteration takes {} cycles, one starts every {}; {}\n", nest.name, nest.length, nest.ii,
                        loops.empty() ? "one iteration" : "loops " + loops);
  }
  return text;
}

class ActorBuilder {
 public:
  ActorBuilder(const Kernel& kernel, const Fsmd& fsmd, const std::string& name)
      : kernel_(kernel), fsmd_(fsmd), actor_{Module(name, head(kernel, fsmd)), {}, {}, {}, {}, 0, 0, 0}, m_(actor_.module) {}

  ActorRtl build() {
    m_.add_input("clk", 1);
    m_.add_input("rst", 1);
    start_ = m_.add_input("start_i", 1);
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
    for (std::size_t i = 0; i < fsmd_.arrays.size(); ++i) add_array(i);
    actor_.frame_cycles = frame_cycles(fsmd_);
    for (const auto& reg : m_.registers()) actor_.register_bits += reg.width;
    sink_unused_bits(m_);
    return std::move(actor_);
  }

 private:
  /// Names of one nest's own signals start with the nest's name where there are several.
  [[nodiscard]] std::string prefix(std::size_t nest) const {
    return fsmd_.nests.size() == 1 ? "" : fsmd_.nests[nest].name + "_";
  }

  [[nodiscard]] Expr active(const State& state) const { return states_[state.nest].slice(state.cycle, 1); }

  // ---- declarations

  void declare_states() {
    for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
      states_.push_back(m_.add_register(prefix(n) + "state_q", state_count(fsmd_, n), 0,
                                        "bit t: an iteration is in its cycle t"));
    }
  }

  void declare_trackers() {
    for (const auto& tracker : fsmd_.trackers) {
      const int width = tracker.type.width();
      const auto start = static_cast<std::uint64_t>(tracker.expr.constant());
      const auto increments = tracker_increments(fsmd_, tracker);
      const bool moves = std::any_of(increments.begin(), increments.end(), [&](std::int64_t i) {
        return (static_cast<std::uint64_t>(i) & low_bits(width)) != 0;
      });
      trackers_.push_back(moves ? m_.add_register(prefix(tracker.nest) + tracker.name + "_q", width, start & low_bits(width),
                                                  to_string(tracker.expr, fsmd_.nests[tracker.nest].loops))
                                : Expr::constant(width, start));
    }
    for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
      std::vector<Expr> counters;
      for (const auto& counter : fsmd_.nests[n].counters) counters.push_back(counter ? trackers_[*counter] : Expr());
      steps_.emplace_back(m_, fsmd_.nests[n], prefix(n), std::move(counters));
    }
  }

  void declare_arrays() {
    for (std::size_t i = 0; i < kernel_.arrays.size(); ++i) {
      const auto& array = kernel_.arrays[i];
      const bool outside = array.role == ArrayRole::input;
      if (fsmd_.arrays[i].reads.empty()) {
        read_data_.emplace_back();
      } else if (outside) {
        const ActorPort port{ArrayId(i), m_.unique_name(array.name), address_bits(array), array.type.width()};
        actor_.inputs.push_back(port);
        read_data_.push_back(m_.add_input(port.name + "_rdata_i", port.data_bits));
      } else {
        read_data_.push_back(m_.add_wire(array.name + "_rdata", array.type.width()));
      }
    }
  }

  void declare_datapath() {
    for (const auto& reg : fsmd_.registers) registers_.push_back(m_.add_register(reg.bound.name + "_q", reg.bound.width));
    for (const auto& unit : fsmd_.units) unit_outputs_.push_back(m_.add_wire(unit.bound.name + "_y", unit.bound.spec.result.width()));
    for (const auto& wire : fsmd_.wires) wires_.push_back(m_.add_wire(wire.name, wire.type.width()));
  }

  // ---- control

  void drive_states() {
    std::vector<Expr> finishes;
    for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
      const int last = fsmd_.nests[n].length - 1;
      const Expr finish = active({n, last}) & steps_[n].all_last(first_own_loop(), last);
      finishes.push_back(m_.add_wire(prefix(n) + "finish", finish));
    }
    const Expr frame_end = fsmd_.nests.size() == 1 ? Expr::constant(1, 1) : steps_.back().all_last(0, fsmd_.nests.back().length - 1);
    m_.assign(done_, frame_end.is_constant(1) ? finishes.back() : finishes.back() & frame_end);
    for (std::size_t n = 0; n < fsmd_.nests.size(); ++n) {
      Expr begin = n == 0 ? start_ : finishes[n - 1];
      if (n == 0 && !frame_end.is_constant(1)) begin = begin | (finishes.back() & ~frame_end);
      drive_state(n, begin, finishes[n]);
    }
  }

  /// A nest alone walks through all firings; one of several walks through its own loops only.
  [[nodiscard]] std::size_t first_own_loop() const { return fsmd_.nests.size() == 1 ? 0 : fsmd_.token_loops; }

  void drive_state(std::size_t n, Expr begin, const Expr& finish) {
    const auto& nest = fsmd_.nests[n];
    const Expr end = steps_[n].all_last(first_own_loop(), nest.ii - 1);
    if (!end.is_constant(1)) begin = begin | (active({n, nest.ii - 1}) & ~end);
    const int count = states_[n].width();
    std::vector<Expr> parts;
    // What moves on after the last operation of an iteration stops with the nest, before another uses the registers.
    for (int t = count - 1; t >= nest.length; --t) parts.push_back(active({n, t - 1}) & ~finish);
    if (nest.length > 1) parts.push_back(states_[n].slice(0, nest.length - 1));
    parts.push_back(begin);
    m_.drive(states_[n], concat(parts));
  }

  // ---- trackers and guards

  void drive_trackers() {
    for (std::size_t i = 0; i < fsmd_.trackers.size(); ++i) {
      if (trackers_[i].kind() != Expr::Kind::constant) drive_tracker(i);
    }
  }

  void drive_tracker(std::size_t i) {
    const auto& tracker = fsmd_.trackers[i];
    auto& steps = steps_[tracker.nest];
    const auto& nest = fsmd_.nests[tracker.nest];
    const Expr now = active({tracker.nest, tracker.advance});
    for (std::size_t loop = 0; loop < nest.counters.size(); ++loop) {
      if (nest.counters[loop] != i) continue;
      const Expr inner = steps.all_last(loop + 1, tracker.advance);
      const Expr next = select(steps.last(loop), Expr::constant(trackers_[i].width(), 0), plus(trackers_[i], 1));
      m_.drive(trackers_[i], next, inner.is_constant(1) ? now : now & inner);
      return;
    }
    // Loops that step by the same increment are one case; the last case needs no condition.
    const auto increments = tracker_increments(fsmd_, tracker);
    std::vector<std::pair<std::uint64_t, std::vector<Expr>>> cases;
    const auto add_case = [&](std::int64_t increment, const Expr& condition) {
      const std::uint64_t bits = static_cast<std::uint64_t>(increment) & low_bits(trackers_[i].width());
      const auto found = std::find_if(cases.begin(), cases.end(), [&](const auto& each) { return each.first == bits; });
      if (found != cases.end()) found->second.push_back(condition);
      else cases.push_back({bits, {condition}});
    };
    for (std::size_t loop = nest.trips.size(); loop-- > 0;) {
      if (nest.trips[loop] > 1) add_case(increments[loop], steps.step(loop, tracker.advance));
    }
    add_case(increments.back(), steps.all_last(0, tracker.advance));
    Expr next = plus(trackers_[i], cases.back().first);
    for (std::size_t k = cases.size() - 1; k-- > 0;) next = select(any_of(cases[k].second), plus(trackers_[i], cases[k].first), next);
    m_.drive(trackers_[i], next, now);
  }

  static Expr plus(const Expr& value, std::uint64_t increment) {
    return increment == 0 ? value : value + Expr::constant(value.width(), increment);
  }

  Expr guard_net(const Guard& guard) {
    if (guard.never) return Expr::constant(1, 0);
    std::vector<Expr> tests;
    for (const auto& test : guard.tests) tests.push_back(test_bit(test));
    const Expr value = all_of(tests);
    return value.kind() == Expr::Kind::constant ? value : m_.add_wire(guard.name, value);
  }

  [[nodiscard]] Expr test_bit(const Guard::Test& test) const {
    const Expr& value = trackers_[test.tracker];
    const bool is_signed = fsmd_.trackers[test.tracker].type.is_signed();
    const auto bound = [&](std::int64_t b) { return Expr::constant(value.width(), static_cast<std::uint64_t>(b)); };
    switch (test.kind) {
      case Guard::Test::Kind::equal: return equal(value, bound(test.bound));
      case Guard::Test::Kind::at_least:
        if (is_signed && test.bound == 0) return ~value.slice(value.width() - 1, 1);
        return is_signed ? ~less_signed(value, bound(test.bound)) : ~less(value, bound(test.bound));
      case Guard::Test::Kind::at_most:
        return is_signed ? less_signed(value, bound(test.bound + 1)) : less(value, bound(test.bound + 1));
    }
    return {};
  }

  // ---- datapath

  [[nodiscard]] Expr net(const Source& source, int width) const {
    switch (source.kind) {
      case Source::Kind::constant: return Expr::constant(width, source.literal);
      case Source::Kind::reg: return registers_[source.index];
      case Source::Kind::unit: return unit_outputs_[source.index];
      case Source::Kind::read: return read_data_[source.index];
      case Source::Kind::wire: return wires_[source.index];
      case Source::Kind::tracker: return trackers_[source.index];
      case Source::Kind::guard: return guards_[source.index];
    }
    return {};
  }

  struct Choice {
    State state;
    Expr value;
  };

  /// One of several values by the active state. Where no state is active the value does not matter.
  [[nodiscard]] Expr choose(const std::vector<Choice>& choices) const {
    std::vector<std::pair<Expr, std::vector<Expr>>> cases;
    for (const auto& choice : choices) {
      const std::string text = to_verilog(choice.value);
      const auto found = std::find_if(cases.begin(), cases.end(), [&](const auto& each) { return to_verilog(each.first) == text; });
      if (found != cases.end()) found->second.push_back(active(choice.state));
      else cases.push_back({choice.value, {active(choice.state)}});
    }
    Expr result = cases.back().first;
    for (std::size_t k = cases.size() - 1; k-- > 0;) result = select(any_of(cases[k].second), cases[k].first, result);
    return result;
  }

  [[nodiscard]] Expr any_active(const std::vector<State>& states) const {
    std::vector<Expr> bits;
    for (const auto& state : states) bits.push_back(active(state));
    return any_of(bits);
  }

  void drive_wire(std::size_t i) {
    const auto& wire = fsmd_.wires[i];
    std::vector<Expr> operands;
    for (std::size_t k = 0; k < wire.operands.size(); ++k) operands.push_back(net(wire.operands[k], wire.operand_types[k].width()));
    m_.assign(wires_[i], inline_op(wire, operands));
  }

  void drive_registers() {
    for (std::size_t i = 0; i < fsmd_.registers.size(); ++i) {
      std::vector<Choice> choices;
      std::vector<State> states;
      for (const auto& write : fsmd_.registers[i].writes) {
        choices.push_back({write.state, net(write.source, registers_[i].width())});
        states.push_back(write.state);
      }
      // With ii 1 the next iteration's value comes in every cycle: nothing needs to be held.
      const bool flows = states.size() == 1 && fsmd_.nests[states[0].nest].ii == 1;
      m_.drive(registers_[i], choose(choices), flows ? std::nullopt : std::optional(any_active(states)));
    }
  }

  void add_unit(std::size_t i) {
    const auto& unit = fsmd_.units[i];
    std::vector<Expr> operands;
    for (std::size_t k = 0; k < unit.inputs.size(); ++k) {
      std::vector<Choice> choices;
      const int width = unit.bound.spec.operands[k].width();
      for (const auto& transfer : unit.inputs[k]) choices.push_back({transfer.state, net(transfer.source, width)});
      operands.push_back(named(fmt::format("{}_{}", unit.bound.name, "abc"[k]), choose(choices)));
    }
    std::vector<Choice> modes;
    const int mode_bits = unit_mode_bits(unit.bound.spec);
    for (const auto& use : unit.uses) {
      if (mode_bits > 0) modes.push_back({use.state, Expr::constant(mode_bits, static_cast<std::uint64_t>(use.mode))});
    }
    const Expr mode = modes.empty() ? Expr() : choose(modes);
    m_.add_instance(unit_instance(m_, unit.bound, operands, mode, unit_outputs_[i]));
    actor_.units.insert("sluice_" + unit.bound.spec.unit);
  }

  /// A wire for anything but a net or constant, so that instances read well.
  Expr named(const std::string& name, const Expr& value) {
    const bool plain = value.kind() == Expr::Kind::net || value.kind() == Expr::Kind::constant;
    return plain ? value : m_.add_wire(name, value);
  }

  // ---- memories

  void add_array(std::size_t i) {
    const auto& array = kernel_.arrays[i];
    std::vector<Choice> addresses;
    std::vector<State> states;
    const int bits = address_bits(array);
    for (const auto& read : fsmd_.arrays[i].reads) {
      addresses.push_back({read.state, address_net(read, bits)});
      states.push_back(read.state);
    }
    if (array.role == ArrayRole::output) return add_output(i);
    if (addresses.empty()) return;
    const Expr enable = any_active(states);
    const Expr address = choose(addresses);
    if (array.role == ArrayRole::input) {
      const auto port = std::find_if(actor_.inputs.begin(), actor_.inputs.end(), [&](const auto& p) { return p.array == ArrayId(i); });
      m_.assign(m_.add_output(port->name + "_re_o", 1), enable);
      m_.assign(m_.add_output(port->name + "_raddr_o", bits), address);
      return;
    }
    const MemoryPort read{named(array.name + "_re", enable), named(array.name + "_raddr", address), read_data_[i]};
    actor_.memory_bits += element_count(array.shape) * array.type.width();
    if (array.role == ArrayRole::weight) {
      actor_.memories.push_back({fmt::format("{}_{}.mem", m_.name(), verilog_identifier(array.name)), array.type.width(), *array.contents});
      m_.add_instance(rom_instance(array, read, actor_.memories.back().name));
      actor_.units.insert("sluice_rom");
    } else {
      const auto write = write_port(i);
      m_.add_instance(ram_instance(array, {named(array.name + "_we", write.enable), named(array.name + "_waddr", write.address), named(array.name + "_wdata", write.data)}, read));
      actor_.units.insert("sluice_ram");
    }
  }

  [[nodiscard]] Expr address_net(const MemoryAccess& access, int bits) const {
    return net(access.address, bits).resized(bits);
  }

  [[nodiscard]] MemoryPort write_port(std::size_t i) const {
    const auto& array = kernel_.arrays[i];
    std::vector<Choice> addresses;
    std::vector<Choice> data;
    std::vector<Expr> enables;
    for (const auto& write : fsmd_.arrays[i].writes) {
      addresses.push_back({write.state, address_net(write, address_bits(array))});
      data.push_back({write.state, net(*write.data, array.type.width())});
      const Expr predicate = write.predicate ? net(*write.predicate, 1) : Expr::constant(1, 1);
      enables.push_back(predicate.is_constant(1) ? active(write.state) : active(write.state) & predicate);
    }
    return {any_of(enables), choose(addresses), choose(data)};
  }

  void add_output(std::size_t i) {
    const auto& array = kernel_.arrays[i];
    const ActorPort port{ArrayId(i), m_.unique_name(array.name), address_bits(array), array.type.width()};
    const auto write = write_port(i);
    m_.assign(m_.add_output(port.name + "_we_o", 1), write.enable);
    m_.assign(m_.add_output(port.name + "_waddr_o", port.address_bits), write.address);
    m_.assign(m_.add_output(port.name + "_wdata_o", port.data_bits), write.data);
    actor_.outputs.push_back(port);
  }

  const Kernel& kernel_;
  const Fsmd& fsmd_;
  ActorRtl actor_;
  Module& m_;
  Expr start_, done_;
  std::vector<Expr> states_, trackers_, guards_, registers_, unit_outputs_, wires_, read_data_;
  std::vector<StepSignals> steps_;
};

}  // namespace

ActorRtl generate_actor(const Kernel& kernel, const Fsmd& fsmd, const std::string& name) {
  return ActorBuilder(kernel, fsmd, name).build();
}

}  // namespace sluice
