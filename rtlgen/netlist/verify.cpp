#include <fmt/format.h>

#include <map>
#include <set>

#include "rtlgen/netlist/netlist.hpp"

namespace sluice {
namespace {

class ModuleVerifier {
 public:
  ModuleVerifier(const Netlist& netlist, const Module& module, Diagnostics& diagnostics)
      : netlist_(netlist), module_(module), diagnostics_(diagnostics) {}

  void run() {
    for (const auto& port : module_.ports()) declare(port.name, port.width, port.direction == Direction::input);
    for (const auto& wire : module_.wires()) declare(wire.name, wire.width, false);
    for (const auto& reg : module_.registers()) declare(reg.name, reg.width, true);
    for (const auto& assignment : module_.assignments()) {
      drive(assignment.target, assignment.value.width());
      check(assignment.value);
    }
    for (const auto& reg : module_.registers()) check_register(reg);
    for (const auto& instance : module_.instances()) check_instance(instance);
    for (const auto& [name, net] : nets_) {
      if (net.drivers != 1) say(name, fmt::format("it has {} drivers", net.drivers));
    }
  }

 private:
  struct Net {
    int width = 1;
    int drivers = 0;
  };

  void say(const std::string& what, std::string text) {
    diagnostics_.push_back({fmt::format("module {}, {}", module_.name(), what), std::move(text), ""});
  }

  void declare(const std::string& name, int width, bool driven) {
    if (name != verilog_identifier(name)) say(name, "not a Verilog identifier");
    if (!nets_.insert({name, {width, driven ? 1 : 0}}).second) say(name, "declared twice");
  }

  void drive(const std::string& name, int width) {
    const auto found = nets_.find(name);
    if (found == nets_.end()) return say(name, "not declared");
    ++found->second.drivers;
    if (found->second.width != width) say(name, fmt::format("{} bits driven by {}", found->second.width, width));
  }

  void check(const Expr& expr) {
    if (expr.kind() == Expr::Kind::net || expr.kind() == Expr::Kind::slice) {
      const auto found = nets_.find(expr.name());
      if (found == nets_.end()) return say(expr.name(), "read but not declared");
      const int needed = expr.kind() == Expr::Kind::net ? expr.width() : expr.low() + expr.width();
      if (expr.kind() == Expr::Kind::net ? needed != found->second.width : needed > found->second.width) {
        say(expr.name(), fmt::format("{} bits, read as {}", found->second.width, needed));
      }
    }
    for (const auto& operand : expr.operands()) check(operand);
  }

  void check_register(const Register& reg) {
    if (!reg.next.valid()) return say(reg.name, "a register without an input");
    if (reg.next.width() != reg.width) say(reg.name, fmt::format("{} bits driven by {}", reg.width, reg.next.width()));
    check(reg.next);
    if (!reg.enable) return;
    if (reg.enable->width() != 1) say(reg.name, "its enable has not one bit");
    check(*reg.enable);
  }

  void check_instance(const Instance& instance) {
    const Module* target = nullptr;
    for (const auto& module : netlist_.modules) {
      if (module.name() == instance.module) target = &module;
    }
    std::set<std::string> seen;
    for (const auto& connection : instance.connections) {
      if (!seen.insert(connection.port).second) say(instance.name, "port " + connection.port + " is connected twice");
      if (target) check_connection(instance, *target, connection);
      else if (connection.value.valid()) check_library_connection(connection);
    }
    if (target && seen.size() < target->ports().size()) say(instance.name, "not every port is connected");
  }

  void check_connection(const Instance& instance, const Module& target, const Connection& connection) {
    for (const auto& port : target.ports()) {
      if (port.name != connection.port) continue;
      if (!connection.value.valid()) {
        if (port.direction == Direction::input) say(instance.name, "input " + port.name + " is open");
        return;
      }
      if (connection.value.width() != port.width) {
        say(instance.name, fmt::format("port {} has {} bits, connected to {}", port.name, port.width, connection.value.width()));
      }
      if (port.direction == Direction::output) drive(connection.value.name(), port.width);
      else check(connection.value);
      return;
    }
    say(instance.name, fmt::format("module {} has no port {}", target.name(), connection.port));
  }

  /// Library cells' ports are known by the convention of their names: outputs end in _o.
  void check_library_connection(const Connection& connection) {
    if (connection.port.ends_with("_o")) drive(connection.value.name(), connection.value.width());
    else check(connection.value);
  }

  const Netlist& netlist_;
  const Module& module_;
  Diagnostics& diagnostics_;
  std::map<std::string, Net> nets_;
};

}  // namespace

Diagnostics verify(const Netlist& netlist) {
  Diagnostics diagnostics;
  std::set<std::string> names;
  for (const auto& module : netlist.modules) {
    if (!names.insert(module.name()).second) diagnostics.push_back({"module " + module.name(), "defined twice", ""});
    ModuleVerifier(netlist, module, diagnostics).run();
  }
  if (!names.contains(netlist.top)) diagnostics.push_back({"netlist", "the top module '" + netlist.top + "' is not there", ""});
  return diagnostics;
}

}  // namespace sluice
