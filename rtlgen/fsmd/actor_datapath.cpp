#include <fmt/format.h>

#include <algorithm>

#include "rtlgen/fsmd/actor_builder.hpp"
#include "rtlgen/fsmd/inline_ops.hpp"

namespace sluice {

Expr ActorBuilder::net(const Source& source, int width) const {
  switch (source.kind) {
    case Source::Kind::constant:
      return Expr::constant(width, source.literal);
    case Source::Kind::reg:
      return registers_[source.index];
    case Source::Kind::unit:
      return unit_outputs_[source.index];
    case Source::Kind::read:
      return read_data_[source.index];
    case Source::Kind::wire:
      return wires_[source.index];
    case Source::Kind::tracker:
      return trackers_[source.index].resized(width, fsmd_.trackers[source.index].type.is_signed());
    case Source::Kind::guard:
      return guards_[source.index];
  }
  return {};
}

Expr ActorBuilder::choose(const std::vector<Choice>& choices) const {
  std::vector<std::pair<Expr, std::vector<Expr>>> cases;
  for (const auto& choice : choices) {
    const std::string text = to_verilog(choice.value);
    const auto found =
        std::find_if(cases.begin(), cases.end(), [&](const auto& each) { return to_verilog(each.first) == text; });
    if (found != cases.end())
      found->second.push_back(active(choice.state));
    else
      cases.push_back({choice.value, {active(choice.state)}});
  }
  Expr result = cases.back().first;
  for (std::size_t k = cases.size() - 1; k-- > 0;) result = select(any_of(cases[k].second), cases[k].first, result);
  return result;
}

Expr ActorBuilder::any_active(const std::vector<State>& states) const {
  std::vector<Expr> bits;
  for (const auto& state : states) bits.push_back(active(state));
  return any_of(bits);
}

void ActorBuilder::drive_wire(std::size_t i) {
  const auto& wire = fsmd_.wires[i];
  std::vector<Expr> operands;
  for (std::size_t k = 0; k < wire.operands.size(); ++k) {
    const Expr operand = net(wire.operands[k], wire.operand_types[k].width());
    operands.push_back(named(fmt::format("{}_{}", wire.name, "abc"[k]), operand));
  }
  m_.assign(wires_[i], inline_op(wire, operands));
}

void ActorBuilder::drive_registers() {
  for (std::size_t i = 0; i < fsmd_.registers.size(); ++i) {
    std::vector<Choice> choices;
    std::vector<State> states;
    for (const auto& write : fsmd_.registers[i].writes) {
      choices.push_back({write.state, net(write.source, registers_[i].width())});
      states.push_back(write.state);
    }
    const auto enable = fsmd_.registers[i].holds ? std::optional(any_active(states)) : std::nullopt;
    m_.drive(registers_[i], choose(choices), enable);
  }
}

void ActorBuilder::add_unit(std::size_t i) {
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

Expr ActorBuilder::named(const std::string& name, const Expr& value) {
  const bool plain =
      value.kind() == Expr::Kind::net || value.kind() == Expr::Kind::constant || value.kind() == Expr::Kind::slice;
  return plain ? value : m_.add_wire(name, value);
}

}  // namespace sluice
