#include <fmt/format.h>

#include <map>
#include <sstream>
#include <string_view>

#include "rtlgen/netlist/netlist.hpp"

namespace sluice {
namespace {

std::string range(int width) { return width == 1 ? "" : fmt::format("[{}:0] ", width - 1); }

std::string comment(const std::string& text) { return text.empty() ? "" : "  // " + text; }

std::string header(const Module& module) {
  std::string text;
  std::istringstream lines(module.header());
  for (std::string line; std::getline(lines, line);) text += line.empty() ? "//\n" : "// " + line + "\n";
  return text;
}

std::string ports(const Module& module) {
  std::string text;
  for (const auto& port : module.ports()) {
    text += fmt::format("{}  {} wire {}{}", text.empty() ? "" : ",\n",
                        port.direction == Direction::input ? "input " : "output", range(port.width), port.name);
  }
  return text;
}

/// Wires that an expression drives are declared where they are assigned; the others first.
std::string wires(const Module& module) {
  std::string text;
  std::map<std::string_view, const Expr*> assigned;
  for (const auto& assignment : module.assignments()) assigned.emplace(assignment.target, &assignment.value);
  for (const auto& reg : module.registers()) {
    text += fmt::format("  reg  {}{};{}\n", range(reg.width), reg.name, comment(reg.comment));
  }
  for (const auto& wire : module.wires()) {
    text += fmt::format("  wire {}{};{}\n", range(wire.width), wire.name, comment(wire.comment));
  }
  if (!text.empty()) text += "\n";
  for (const auto& wire : module.wires()) {
    const auto found = assigned.find(wire.name);
    if (found != assigned.end()) text += fmt::format("  assign {} = {};\n", wire.name, to_verilog(*found->second));
  }
  for (const auto& port : module.ports()) {
    const auto found = assigned.find(port.name);
    if (found != assigned.end()) text += fmt::format("  assign {} = {};\n", port.name, to_verilog(*found->second));
  }
  return text;
}

std::string instance(const Instance& instance) {
  std::string text = instance.comment.empty() ? "" : fmt::format("  // {}\n", instance.comment);
  text += "  " + instance.module;
  if (!instance.parameters.empty()) {
    std::string parameters;
    for (const auto& parameter : instance.parameters) {
      parameters += fmt::format("{}.{}({})", parameters.empty() ? "" : ", ", parameter.name, parameter.text);
    }
    text += " #(" + parameters + ")";
  }
  text += " " + instance.name + " (\n";
  for (std::size_t i = 0; i < instance.connections.size(); ++i) {
    const auto& connection = instance.connections[i];
    text += fmt::format("    .{}({}){}\n", connection.port, connection.value.valid() ? to_verilog(connection.value) : "",
                        i + 1 < instance.connections.size() ? "," : "");
  }
  return text + "  );\n";
}

std::string update(const Register& reg) {
  const std::string step = fmt::format("{} <= {};", reg.name, to_verilog(reg.next));
  return reg.enable ? fmt::format("if ({}) {}", to_verilog(*reg.enable), step) : step;
}

/// Registers with a reset share one process, those without another, so that tools see plain flip-flops.
std::string registers(const Module& module) {
  std::string resets;
  std::string updates;
  std::string free;
  for (const auto& reg : module.registers()) {
    if (reg.reset) {
      resets += fmt::format("      {} <= {};\n", reg.name, verilog_literal(reg.width, *reg.reset));
      updates += "      " + update(reg) + "\n";
    } else {
      free += "    " + update(reg) + "\n";
    }
  }
  std::string text;
  if (!resets.empty()) {
    text += "\n  always @(posedge clk) begin\n    if (rst) begin\n" + resets + "    end else begin\n" + updates + "    end\n  end\n";
  }
  if (!free.empty()) text += "\n  always @(posedge clk) begin\n" + free + "  end\n";
  return text;
}

}  // namespace

std::string to_verilog(const Module& module) {
  std::string text = header(module);
  text += fmt::format("module {} (\n{}\n);\n", module.name(), ports(module));
  text += wires(module);
  text += registers(module);
  for (const auto& each : module.instances()) text += "\n" + instance(each);
  return text + "endmodule\n";
}

}  // namespace sluice
