#include <fmt/format.h>

#include <stdexcept>

#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

Expr Module::add_input(const std::string& name, int width) {
  ports_.push_back({Direction::input, unique_name(name), width});
  return Expr::net(ports_.back().name, width);
}

Expr Module::add_output(const std::string& name, int width) {
  ports_.push_back({Direction::output, unique_name(name), width});
  return Expr::net(ports_.back().name, width);
}

Expr Module::add_wire(const std::string& name, int width, std::string comment) {
  wires_.push_back({unique_name(name), width, std::move(comment)});
  return Expr::net(wires_.back().name, width);
}

Expr Module::add_wire(const std::string& name, const Expr& value, std::string comment) {
  const Expr wire = add_wire(name, value.width(), std::move(comment));
  assign(wire, value);
  return wire;
}

void Module::assign(const Expr& target, const Expr& value) { assignments_.push_back({target.name(), value}); }

Expr Module::add_register(const std::string& name, int width, std::optional<std::uint64_t> reset, std::string comment) {
  registers_.push_back({unique_name(name), width, {}, {}, reset, std::move(comment)});
  register_index_[registers_.back().name] = registers_.size() - 1;
  return Expr::net(registers_.back().name, width);
}

void Module::drive(const Expr& reg, const Expr& next, std::optional<Expr> enable) {
  auto& target = registers_.at(register_index_.at(reg.name()));
  if (target.next.valid()) throw std::logic_error("register " + target.name + " is driven twice");
  target.next = next;
  target.enable = std::move(enable);
}

void Module::add_instance(Instance instance) {
  instance.name = unique_name(instance.name);
  instances_.push_back(std::move(instance));
}

std::string Module::unique_name(const std::string& wanted) {
  const std::string base = verilog_identifier(wanted);
  if (names_.insert(base).second) return base;
  int& number = next_number_.try_emplace(base, 2).first->second;
  for (;;) {
    std::string name = fmt::format("{}_{}", base, number++);
    if (names_.insert(name).second) return name;
  }
}

}  // namespace sluice
