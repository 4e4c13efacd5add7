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

int firing_bits(std::int64_t firings) {
  return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(firings - 1))));
}

/// After how many firings what the gates wait for repeats: a divisor of a frame's firings.
std::int64_t period(const std::vector<ControllerGate>& gates) {
  const auto firings = std::ssize(gates.front().table.steps);
  for (std::int64_t period = 1; period < firings; ++period) {
    if (firings % period == 0 && std::ranges::all_of(gates, [&](const ControllerGate& gate) {
          const auto& steps = gate.table.steps;
          return std::equal(steps.begin() + period, steps.end(), steps.begin());
        })) {
      return period;
    }
  }
  return firings;
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

int slack_bits(const GateTable& table) {
  return std::max({2, signed_bits(table.least_slack), signed_bits(table.greatest_slack)});
}

Expr add_firing_count(Module& top, const std::string& name, std::int64_t firings, const Expr& fire,
                      std::set<std::string>& cells) {
  if (firings == 1) return Expr::constant(1, 0);
  const Expr next = top.add_wire(name + "_next", firing_bits(firings));
  cells.insert("sluice_count");
  top.add_instance({"sluice_count",
                    "u_" + name + "_firings",
                    {{"COUNT", fmt::format("{}", firings)}},
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"step_i", fire},
                     {"value_o", next},
                     {"last_o", top.add_wire(name + "_unused_last", 1)}},
                    ""});
  return next;
}

Expr add_controller(Module& top, const std::string& name, const std::vector<ControllerGate>& gates, const Expr& fire,
                    std::set<std::string>& cells, std::optional<Expr> next) {
  if (gates.empty()) return Expr::constant(1, 1);
  std::int64_t firings = period(gates);
  if (firings > 1 && next.has_value()) firings = std::ssize(gates.front().table.steps);
  if (firings == 1 || !next.has_value()) next = add_firing_count(top, name, firings, fire, cells);
  int step_bits = 1;
  std::vector<std::int64_t> widths;
  std::vector<std::int64_t> initial;
  std::vector<std::int64_t> steps;
  std::vector<Expr> pulses;
  for (const auto& gate : gates) {
    const auto& table = gate.table;
    for (const auto step : table.steps) step_bits = std::max(step_bits, signed_bits(step) - 1);
    widths.push_back(slack_bits(table));
    initial.push_back(table.initial_slack);
    steps.insert(steps.end(), table.steps.begin(), table.steps.begin() + firings);
    pulses.insert(pulses.begin(), gate.pulse);
  }
  const Expr go = top.add_wire(name + "_go", 1);
  cells.insert("sluice_controller");
  top.add_instance({"sluice_controller",
                    "u_" + name + "_controller",
                    {{"GATES", fmt::format("{}", gates.size())},
                     {"FIRINGS", fmt::format("{}", firings)},
                     {"STEP_BITS", fmt::format("{}", step_bits)},
                     {"WIDTHS", packed(widths, 32)},
                     {"INITIAL", packed(initial, 32)},
                     {"STEPS", packed(steps, step_bits)}},
                    {{"clk", Expr::net("clk", 1)},
                     {"rst", Expr::net("rst", 1)},
                     {"pulse_i", concat(pulses)},
                     {"firing_i", *next},
                     {"fire_i", fire},
                     {"go_o", go}},
                    ""});
  return go;
}

}  // namespace sluice
