#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "binder/binding.hpp"
#include "binder/combinational.hpp"
#include "binder/names.hpp"
#include "binder/overlap.hpp"
#include "scheduler/array_storage.hpp"

/// The specification of bindings. Uses the definitions in binding.hpp (ready_cycle, last_use, register_at), and nothing
/// of how a binding is found.
namespace sluice {
namespace {

class Verifier {
 public:
  Verifier(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding)
      : kernel_(kernel), nests_(nests), binding_(binding) {}

  Diagnostics run() {
    check_names();
    if (!check_form()) return std::move(diagnostics_);
    for (n_ = 0; n_ < nests_.size(); ++n_) {
      unit_uses_.clear();
      register_uses_.clear();
      port_uses_.clear();
      for (const auto node : dfg().nodes()) check_node(node);
      for (const auto& [unit, uses] : unit_uses_) check_uses("unit " + binding_.units[unit.index()].name, uses);
      for (const auto& [reg, uses] : register_uses_)
        check_uses("register " + binding_.registers[reg.index()].name, uses);
      for (const auto& [port, uses] : port_uses_) check_uses(port, uses);
    }
    check_cycles();
    return std::move(diagnostics_);
  }

 private:
  using Node = Dfg::NodeId;

  [[nodiscard]] const Nest& nest() const { return kernel_.nests[n_]; }
  [[nodiscard]] const Dfg& dfg() const { return nests_[n_].dfg; }
  [[nodiscard]] const Schedule& schedule() const { return nests_[n_].schedule; }
  [[nodiscard]] const UnitClass& class_of(Node node) const {
    return nests_[n_].problem.class_of(OperationId(node.index()));
  }
  [[nodiscard]] const Op& op(Node node) const { return nest().op(dfg()[node].op); }
  [[nodiscard]] int start(Node node) const { return schedule().slot(OperationId(node.index())).cycle; }

  void say(const std::string& where, std::string what) { diagnostics_.push_back({where, std::move(what), ""}); }
  void say(Node node, std::string what) { say(fmt::format("{}, {}", dfg().name, dfg()[node].name), std::move(what)); }

  void check_names() {
    std::set<std::string> names;
    const auto check = [&](const std::string& name) {
      if (!is_identifier(name)) say(kernel_.name, fmt::format("\"{}\" is no identifier", name));
      if (!names.insert(name).second) say(kernel_.name, fmt::format("two units or registers are called {}", name));
    };
    for (const auto& unit : binding_.units) check(unit.name);
    for (const auto& reg : binding_.registers) check(reg.name);
  }

  /// Everything is there for each nest and node, and ids point somewhere.
  bool check_form() {
    const std::size_t before = diagnostics_.size();
    if (nests_.size() != kernel_.nests.size() || binding_.nests.size() != kernel_.nests.size()) {
      say(kernel_.name, fmt::format("{} nests, {} schedules, {} bindings", kernel_.nests.size(), nests_.size(),
                                    binding_.nests.size()));
      return false;
    }
    for (std::size_t n = 0; n < nests_.size(); ++n) {
      const auto& bound = binding_.nests[n];
      const std::size_t count = nests_[n].dfg.node_count();
      if (bound.units.size() != count || bound.swapped.size() != count || bound.storage.size() != count) {
        say(nests_[n].dfg.name, fmt::format("{} operations, {} entries of units, {} of swapped, {} of storage", count,
                                            bound.units.size(), bound.swapped.size(), bound.storage.size()));
      }
      for (const auto& unit : bound.units) {
        if (unit && unit->index() >= binding_.units.size()) say(nests_[n].dfg.name, "a unit that is not there");
      }
      for (const auto& stretches : bound.storage) {
        for (const auto& stretch : stretches) {
          if (stretch.reg.index() >= binding_.registers.size()) say(nests_[n].dfg.name, "a register that is not there");
        }
      }
    }
    return diagnostics_.size() == before;
  }

  void check_node(Node node) {
    check_unit(node);
    if (op(node).code == Opcode::load && is_always_there(nest(), nests_[n_], node)) check_fixed(node);
    if (op(node).array.valid() && !(op(node).code != Opcode::store && is_word(kernel_.array(op(node).array)))) {
      const bool writes = op(node).code == Opcode::store;
      const std::string port =
          fmt::format("{} port of array {}", writes ? "write" : "read", kernel_.array(op(node).array).name);
      port_uses_[port].push_back({start(node), class_of(node).occupancy, dfg()[node].name});
    }
    check_storage(node);
    for (const auto edge : dfg().out_edges(node)) {
      if (dfg()[edge].kind == DfgEdge::Kind::data) check_read(node, edge);
    }
  }

  /// What is read without a port and kept nowhere is the one element of an array that the nest does not write.
  void check_fixed(Node node) {
    const ArrayId array = op(node).array;
    const bool is_written = std::ranges::any_of(
        nest().body, [&](const Op& other) { return other.code == Opcode::store && other.array == array; });
    if (!is_word(kernel_.array(array)) || is_written)
      say(node, "it is scheduled as if it gave the same in all of the nest, and need not");
  }

  void check_unit(Node node) {
    const auto unit = binding_.nests[n_].units[node.index()];
    if (binding_.nests[n_].swapped[node.index()] && !operands_commute(nest(), op(node))) {
      say(node, fmt::format("its operands are exchanged, which changes what {} gives", to_string(op(node).code)));
    }
    const bool needed = realization(nest(), op(node)) == Realization::unit;
    if (unit.has_value() != needed) return say(node, needed ? "it has no unit" : "it has a unit and needs none");
    if (!needed) return;
    const BoundUnit& bound = binding_.units[unit->index()];
    const UnitSpec spec = unit_spec(nest(), op(node));
    if (!(bound.spec == spec)) {
      say(node, fmt::format("it needs {}, {} is {}", to_string(spec), bound.name, to_string(bound.spec)));
    }
    const UnitClass& planned = class_of(node);
    if (bound.timing.latency != planned.latency) {
      say(node, fmt::format("scheduled with latency {}, {} has {}", planned.latency, bound.name, bound.timing.latency));
    }
    if (bound.timing.in_ps > planned.in_ps || bound.timing.out_ps > planned.out_ps) {
      say(node, fmt::format("scheduled with delays {} and {} ps, {} has {} and {}", planned.in_ps, planned.out_ps,
                            bound.name, bound.timing.in_ps, bound.timing.out_ps));
    }
    unit_uses_[*unit].push_back({start(node), planned.occupancy, dfg()[node].name});
  }

  /// Stretches follow one another from the cycle after the value is made; each fits a register and a turn of ii cycles.
  void check_storage(Node node) {
    const auto& storage = binding_.nests[n_].storage[node.index()];
    if (storage.empty()) return;
    if (is_always_there(nest(), nests_[n_], node) || op(node).code == Opcode::store)
      return say(node, "it needs no register");
    int expected = ready_cycle(nest(), nests_[n_], node) + 1;
    for (const auto& stretch : storage) {
      const BoundRegister& reg = binding_.registers[stretch.reg.index()];
      if (stretch.first != expected) {
        say(node, fmt::format("a stretch in {} from cycle {} on, expected from {}", reg.name, stretch.first, expected));
      }
      const int cycles = stretch.last - stretch.first + 1;
      if (cycles < 1 || cycles > schedule().ii) {
        say(node, fmt::format("a stretch of {} cycles in {}, ii is {}", cycles, reg.name, schedule().ii));
      }
      if (reg.width < op(node).type.width()) {
        say(node, fmt::format("{} bits in {}, which has {}", op(node).type.width(), reg.name, reg.width));
      }
      register_uses_[stretch.reg].push_back({stretch.first, cycles, dfg()[node].name});
      expected = stretch.last + 1;
    }
  }

  /// A reader finds the value where it is made, or in a register.
  void check_read(Node node, Dfg::EdgeId edge) {
    const Node reader = dfg().target(edge);
    const int cycle = start(reader) + schedule().ii * static_cast<int>(dfg()[edge].distance);
    const int ready = ready_cycle(nest(), nests_[n_], node);
    const bool lasts =
        is_always_there(nest(), nests_[n_], node) || realization(nest(), op(node)) == Realization::issuer;
    if (cycle == ready || (lasts && cycle < ready)) return;
    if (cycle < ready) {
      say(node, fmt::format("{} reads it in cycle {}, it is made in {}", dfg()[reader].name, cycle, ready));
    } else if (!register_at(binding_.nests[n_].storage[node.index()], cycle)) {
      say(node, fmt::format("{} reads it in cycle {}, made in {}, and no register holds it then", dfg()[reader].name,
                            cycle, ready));
    }
  }

  /// No unit without registers feeds itself, be it through others and in different states.
  void check_cycles() {
    std::string circle;
    for (const auto& part : find_combinational_cycle(kernel_, nests_, binding_)) {
      const std::string name =
          part.unit ? binding_.units[part.unit->index()].name : nests_[part.nest].dfg[part.node].name;
      circle += (circle.empty() ? "" : ", ") + name;
    }
    if (!circle.empty()) say(kernel_.name, fmt::format("a combinational circle: {}", circle));
  }

  void check_uses(const std::string& what, const std::vector<TimedUse>& uses) {
    append(diagnostics_, find_overlaps(dfg().name + ", " + what, uses, schedule().ii));
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& nests_;
  const Binding& binding_;
  std::size_t n_ = 0;
  std::map<UnitId, std::vector<TimedUse>> unit_uses_;
  std::map<RegisterId, std::vector<TimedUse>> register_uses_;
  std::map<std::string, std::vector<TimedUse>> port_uses_;
  Diagnostics diagnostics_;
};

}  // namespace

Diagnostics verify(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding) {
  return Verifier(kernel, nests, binding).run();
}

}  // namespace sluice
