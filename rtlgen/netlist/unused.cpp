#include "rtlgen/netlist/unused.hpp"

#include <map>
#include <vector>

namespace sluice {
namespace {

/// For each net of a module, which of its bits are read.
class ReadBits {
 public:
  explicit ReadBits(const Module& module) {
    for (const auto& port : module.ports()) {
      if (port.direction == Direction::input) add(port.name, port.width);
    }
    for (const auto& wire : module.wires()) add(wire.name, wire.width);
    for (const auto& reg : module.registers()) add(reg.name, reg.width);
    for (const auto& assignment : module.assignments()) read(assignment.value);
    for (const auto& reg : module.registers()) {
      if (reg.next.valid()) read(reg.next);
      if (reg.enable) read(*reg.enable);
    }
    // A connection to a library cell's output drives its net; it does not read it.
    for (const auto& instance : module.instances()) {
      for (const auto& connection : instance.connections) {
        if (connection.value.valid() && !connection.port.ends_with("_o")) read(connection.value);
      }
    }
    if (!module.registers().empty()) read(Expr::net("clk", 1));
    for (const auto& reg : module.registers()) {
      if (reg.reset) read(Expr::net("rst", 1));
    }
  }

  /// Runs of bits that nothing reads, in the order of declaration.
  [[nodiscard]] std::vector<Expr> unread() const {
    std::vector<Expr> runs;
    for (const auto& name : order_) {
      const auto& bits = bits_.at(name);
      const Expr net = Expr::net(name, static_cast<int>(bits.size()));
      for (std::size_t low = 0; low < bits.size();) {
        std::size_t high = low;
        while (high < bits.size() && bits[high] == bits[low]) ++high;
        if (!bits[low]) runs.push_back(net.slice(static_cast<int>(low), static_cast<int>(high - low)));
        low = high;
      }
    }
    return runs;
  }

 private:
  void add(const std::string& name, int width) {
    bits_[name].assign(static_cast<std::size_t>(width), false);
    if (name.find("unused") == std::string::npos) order_.push_back(name);
  }

  void read(const Expr& expr) {
    if (expr.kind() == Expr::Kind::net || expr.kind() == Expr::Kind::slice) {
      const auto found = bits_.find(expr.name());
      if (found == bits_.end()) return;
      const auto low = expr.kind() == Expr::Kind::net ? 0 : expr.low();
      for (int i = 0; i < expr.width(); ++i) found->second.at(static_cast<std::size_t>(low + i)) = true;
    }
    for (const auto& operand : expr.operands()) read(operand);
  }

  std::map<std::string, std::vector<bool>> bits_;
  std::vector<std::string> order_;
};

}  // namespace

void sink_unused_bits(Module& module) {
  auto bits = ReadBits(module).unread();
  if (bits.empty()) return;
  bits.insert(bits.begin(), Expr::constant(1, 0));
  module.add_wire("unused_bits", reduce_and(concat(bits)));
}

}  // namespace sluice
