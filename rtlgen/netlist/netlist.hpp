#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/diag/diagnostic.hpp"
#include "rtlgen/netlist/expr.hpp"

namespace sluice {

enum class Direction : std::uint8_t { input, output };

struct Port {
  Direction direction = Direction::input;
  std::string name;
  int width = 1;
};

/// A net driven by an expression or by an instance's output.
struct Wire {
  std::string name;
  int width = 1;
  std::string comment;
};

struct Assignment {
  std::string target;  ///< a wire or an output port
  Expr value;
};

/// A register on `clk`: takes `next` when `enable` (if given) is 1; `reset` is its value under the synchronous `rst`.
struct Register {
  std::string name;
  int width = 1;
  Expr next;
  std::optional<Expr> enable;
  std::optional<std::uint64_t> reset;
  std::string comment;
};

/// A Verilog parameter of an instance: a number, or a quoted string.
struct ParameterValue {
  std::string name;
  std::string text;  ///< as Verilog writes it: "8", "16'h0003", "\"weights.mem\""
};

struct Connection {
  std::string port;
  Expr value;  ///< of an output port: a net; not valid: left open
};

struct Instance {
  std::string module;
  std::string name;
  std::vector<ParameterValue> parameters;
  std::vector<Connection> connections;
  std::string comment;
};

/// A module under construction. `clk` and `rst` are ports like others.
class Module {
 public:
  Module(std::string name, std::string header) : name_(std::move(name)), header_(std::move(header)) {}

  Expr add_input(const std::string& name, int width);
  /// Declares an output; drive it with `assign`.
  Expr add_output(const std::string& name, int width);
  /// Declares a wire; drive it with `assign` or connect it to an instance's output. The name is made unique.
  Expr add_wire(const std::string& name, int width, std::string comment = "");
  /// A wire that carries `value`.
  Expr add_wire(const std::string& name, const Expr& value, std::string comment = "");
  void assign(const Expr& target, const Expr& value);
  /// Declares a register, whose inputs `drive` sets. The name is made unique.
  Expr add_register(const std::string& name, int width, std::optional<std::uint64_t> reset = {}, std::string comment = "");
  void drive(const Expr& reg, const Expr& next, std::optional<Expr> enable = {});
  void add_instance(Instance instance);

  /// A name like `wanted`, legal in Verilog and not yet used in this module; reserves it.
  std::string unique_name(const std::string& wanted);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& header() const { return header_; }
  [[nodiscard]] const std::vector<Port>& ports() const { return ports_; }
  [[nodiscard]] const std::vector<Wire>& wires() const { return wires_; }
  [[nodiscard]] const std::vector<Assignment>& assignments() const { return assignments_; }
  [[nodiscard]] const std::vector<Register>& registers() const { return registers_; }
  [[nodiscard]] const std::vector<Instance>& instances() const { return instances_; }

 private:
  std::string name_;
  std::string header_;  ///< comment at the head of the module; may have several lines
  std::vector<Port> ports_;
  std::vector<Wire> wires_;
  std::vector<Assignment> assignments_;
  std::vector<Register> registers_;
  std::vector<Instance> instances_;
  std::set<std::string> names_;
  std::map<std::string, int> next_number_;  // by name: the least that may make it unique
  std::map<std::string, std::size_t> register_index_;
};

/// Level 7: a design as modules. Modules that are not here (units, memories) come as library Verilog.
struct Netlist {
  std::vector<Module> modules;
  std::string top;
};

/// Nets driven not at all or twice, widths that differ, names that are not there, illegal or doubled, connections to
/// ports that a module of the netlist does not have.
Diagnostics verify(const Netlist& netlist);

/// One module in Verilog-2005.
std::string to_verilog(const Module& module);

/// `name` with every character that Verilog does not allow replaced by '_'; never empty, a keyword, or a digit first.
std::string verilog_identifier(const std::string& name);

/// Verilog literal of `width` bits: "8'h3f".
std::string verilog_literal(int width, std::uint64_t value);

}  // namespace sluice
