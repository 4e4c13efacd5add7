#include <fmt/format.h>

#include <algorithm>

#include "systemgen/report/report.hpp"
#include "systemgen/report/text.hpp"

namespace sluice {
namespace {

std::string unit_text(const std::map<std::string, int>& units) {
  std::string text;
  for (const auto& [unit, count] : units) {
    text += fmt::format("{}{}{}", text.empty() ? "" : " ", unit, count > 1 ? fmt::format("x{}", count) : "");
  }
  return text;
}

std::string efficiency_text(const ActorFacts& actor) {
  const auto efficiency = actor.mac_efficiency();
  return efficiency ? fmt::format("{:.2f}", *efficiency) : "";
}

std::string actor_table(const Report& report) {
  std::string text = fmt::format("{:<28} {:<14} {:>13} {:>13} {:>4} {:>5} {:>12}  {}\n", "actor", "operator", "MACs",
                                 "cycles", "II", "eff.", "memory bits", "units");
  for (const auto& actor : report.actors) {
    text += fmt::format("{:<28} {:<14} {:>13} {:>13} {:>4} {:>5} {:>12}  {}\n", shortened(actor.name, 28),
                        shortened(actor.kernel, 14), grouped(actor.macs), grouped(actor.cycles), actor.ii,
                        efficiency_text(actor), grouped(actor.memory_bits), unit_text(actor.units));
  }
  return text;
}

/// What is parallel in the actors that have lanes, what their efficiency can't exceed, and what slows any actor down.
std::string lanes_table(const Report& report) {
  std::string text;
  for (const auto& actor : report.actors) {
    const auto bound = actor.efficiency_bound();
    std::string line = to_string(actor.lanes);
    if (!line.empty() && bound && *bound < 0.995) line += fmt::format("; efficiency at most {:.2f}", *bound);
    if (!actor.bounded_by.empty()) {
      line +=
          fmt::format("{}a port of {} keeps the II up", line.empty() ? "" : "; ", fmt::join(actor.bounded_by, ", "));
    }
    if (!line.empty()) text += fmt::format("{:<28} {}\n", shortened(actor.name, 28), line);
  }
  return text.empty() ? "" : "\n" + fmt::format("{:<28} {}\n", "lanes of", "loops") + text;
}

std::string simulated(const std::optional<Verification>& verification,
                      std::optional<std::int64_t> Verification::*cycles) {
  if (!verification || !((*verification).*cycles)) return "";
  return fmt::format(", simulated {}", grouped(*((*verification).*cycles)));
}

std::string verify_line(const Report& report) {
  if (!report.verification) return "not simulated (--verify does)";
  const auto& verification = *report.verification;
  return fmt::format("{} frame{}, {} elements, {} mismatches; largest error {:.3g} absolute, {:.3g} relative",
                     report.frames, report.frames == 1 ? "" : "s", grouped(verification.elements),
                     grouped(verification.mismatches), verification.deviation.max_absolute,
                     verification.deviation.max_relative);
}

/// Of all actors together.
std::string sharing_line(const Report& report) {
  BindingStats::Units units;
  std::int64_t saved_bits = 0;
  int inputs = 0;
  int widest = 0;
  for (const auto& actor : report.actors) {
    const auto own = actor.binding.all_units();
    units.units += own.units;
    units.operations += own.operations;
    units.area += own.unshared_area - own.area;
    saved_bits += actor.binding.unshared_register_bits - actor.binding.register_bits;
    for (const auto* stats : {&actor.binding.at_units, &actor.binding.at_registers, &actor.binding.at_memories}) {
      inputs += stats->inputs;
      widest = std::max(widest, stats->widest);
    }
  }
  return fmt::format(
      "{} operations on {} units: {:.0f} {} and {} register bits saved, {} multiplexer inputs (widest {})",
      grouped(units.operations), grouped(units.units), units.area, report.area_unit, grouped(saved_bits),
      grouped(inputs), widest);
}

}  // namespace

std::string to_table(const Report& report) {
  const auto efficiency = report.mac_efficiency();
  std::string text = actor_table(report) + lanes_table(report) + "\n" + memory_table(report.memories) + "\n";
  const auto line = [&](const char* what, const std::string& value) {
    text += fmt::format("{:<14} {}\n", what, value);
  };
  line("latency", fmt::format("{} cycles predicted{}", grouped(report.predicted_latency),
                              simulated(report.verification, &Verification::latency)));
  line("interval", fmt::format("{} cycles predicted{}", grouped(report.predicted_interval),
                               simulated(report.verification, &Verification::interval)));
  if (report.network) line("bottleneck", bottleneck_text(*report.network));
  line("multipliers", fmt::format("{} for {} MACs{}", report.multipliers(), grouped(report.macs()),
                                  efficiency ? fmt::format(", MAC efficiency {:.2g}", *efficiency) : ""));
  line("memory",
       fmt::format("{} bits, {} of them buffers between actors; {} register bits", grouped(report.memory_bits()),
                   grouped(report.buffer_bits), grouped(report.register_bits())));
  if (report.network) line("channels", channels_text(*report.network));
  if (!report.device_use.empty()) line("device", report.device + ": " + to_string(report.device_use));
  line("sharing", sharing_line(report));
  line("verification", verify_line(report));
  return text;
}

}  // namespace sluice
