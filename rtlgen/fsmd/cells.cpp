#include "rtlgen/fsmd/cells.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rtlgen/units/units.hpp"

namespace sluice {
namespace {

ParameterValue number(std::string name, std::int64_t value) { return {std::move(name), std::to_string(value)}; }

Expr clock() { return Expr::net("clk", 1); }

std::vector<Connection> read_connections(const MemoryPort& read) {
  return {{"read_enable_i", read.enable}, {"read_address_i", read.address}, {"read_data_o", read.data}};
}

ScalarType of_width(ScalarType type, int width) {
  return type.is_signed() ? ScalarType::signed_integer(width) : ScalarType::unsigned_integer(width);
}

/// The library's unit for a spec. A shifter works on one width: the wider of operand and result.
UnitUse unit_use(const UnitSpec& spec, const UnitTiming& timing) {
  UnitUse use{spec.unit, spec.operands, spec.result, timing.cuts, spec.rounding};
  if (spec.unit != "shift") return use;
  const int width = std::max(spec.operands[0].width(), spec.result.width());
  use.operands[0] = of_width(spec.operands[0], width);
  use.result = of_width(spec.result, width);
  return use;
}

}  // namespace

Instance rom_instance(const Memory& memory, const MemoryPort& read, const std::string& file) {
  Instance instance{"sluice_rom",
                    memory.name + "_rom",
                    {number("WIDTH", memory.width), number("DEPTH", memory.depth), {"INIT_FILE", "\"" + file + "\""}},
                    {{"clk", clock()}},
                    ""};
  for (auto& connection : read_connections(read)) instance.connections.push_back(std::move(connection));
  return instance;
}

Instance ram_instance(const Memory& memory, const MemoryPort& write, const MemoryPort& read) {
  Instance instance{memory.in_registers ? "sluice_registers" : "sluice_ram",
                    memory.name + (memory.in_registers ? "_registers" : "_ram"),
                    {number("WIDTH", memory.width), number("DEPTH", memory.depth)},
                    {{"clk", clock()},
                     {"write_enable_i", write.enable},
                     {"write_address_i", write.address},
                     {"write_data_i", write.data}},
                    ""};
  for (auto& connection : read_connections(read)) {
    if (!memory.in_registers || connection.port != "read_enable_i")
      instance.connections.push_back(std::move(connection));
  }
  return instance;
}

int unit_mode_bits(const UnitSpec& spec) {
  for (const auto& port : unit_interface(unit_use(spec, {})).ports) {
    if (port.name == "mode_i") return port.width;
  }
  return 0;
}

Instance unit_instance(Module& module, const BoundUnit& unit, const std::vector<Expr>& operands, const Expr& mode,
                       const Expr& result) {
  const UnitUse use = unit_use(unit.spec, unit.timing);
  std::vector<Expr> inputs;
  for (std::size_t i = 0; i < operands.size(); ++i) {
    inputs.push_back(operands[i].resized(use.operands[i].width(), unit.spec.operands[i].is_signed()));
  }
  Expr output = result;
  if (use.result.width() != result.width()) {
    output = module.add_wire(unit.name + "_wide_unused_high", use.result.width());
    module.assign(result, output.slice(0, result.width()));
  }
  const UnitInterface interface = unit_interface(use);
  Instance instance{interface.module, unit.name, interface.parameters, {}, ""};
  for (const auto& port : interface.ports) {
    Expr value = port.name == "clk"      ? clock()
                 : port.name == "a_i"    ? inputs.at(0)
                 : port.name == "mode_i" ? mode
                                         : output;
    if (port.name == "b_i") value = inputs.at(1);
    instance.connections.push_back({port.name, value});
  }
  return instance;
}

}  // namespace sluice
