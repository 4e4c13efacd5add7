#include "systemgen/control/controller.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace sluice {
namespace {

/// Bits of a number in two's complement, its sign among them.
int signed_bits(std::int64_t value) {
  return 1 + static_cast<int>(std::bit_width(static_cast<std::uint64_t>(value < 0 ? -(value + 1) : value)));
}

/// Numbers of a few bits each side by side, the first lowest, as one literal.
std::string packed(const std::vector<std::int64_t>& values, int bits) {
  const std::size_t width = values.size() * static_cast<std::size_t>(bits);
  std::vector<int> digits((width + 3) / 4, 0);
  for (std::size_t i = 0; i < width; ++i) {
    const auto value = static_cast<std::uint64_t>(values[i / static_cast<std::size_t>(bits)]);
    digits[i / 4] |= static_cast<int>(value >> (i % static_cast<std::size_t>(bits)) & 1) << (i % 4);
  }
  std::string text = fmt::format("{}'h", width);
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) text += fmt::format("{:x}", *digit);
  return text;
}

}  // namespace

Expr add_controller(Module& top, const std::string& name, const std::vector<ControllerGate>& gates, const Expr& fire,
                    std::set<std::string>& cells) {
  if (gates.empty()) return Expr::constant(1, 1);
  int step_bits = 1;
  int count_bits = 2;
  std::vector<std::int64_t> initial;
  std::vector<std::int64_t> steps;
  std::vector<Expr> pulses;
  for (const auto& gate : gates) {
    const auto& table = gate.table;
    for (const auto step : table.steps) step_bits = std::max(step_bits, signed_bits(step) - 1);
    count_bits = std::max({count_bits, signed_bits(table.least_slack), signed_bits(table.greatest_slack)});
    initial.push_back(table.initial_slack);
    steps.insert(steps.end(), table.steps.begin(), table.steps.end());
    pulses.insert(pulses.begin(), gate.pulse);
  }
  count_bits = std::max(count_bits, step_bits + 1);
  const Expr go = top.add_wire(name + "_go", 1);
  cells.insert({"sluice_controller", "sluice_count"});
  top.add_instance({"sluice_controller",
                    "u_" + name + "_controller",
                    {{"GATES", fmt::format("{}", gates.size())},
                     {"FIRINGS", fmt::format("{}", gates.front().table.steps.size())},
                     {"COUNT_BITS", fmt::format("{}", count_bits)},
                     {"STEP_BITS", fmt::format("{}", step_bits)},
                     {"INITIAL", packed(initial, count_bits)},
                     {"STEPS", packed(steps, step_bits)}},
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"pulse_i", concat(pulses)},
                     {"fire_i", fire},
                     {"go_o", go}},
                    ""});
  return go;
}

}  // namespace sluice
