#include <fmt/format.h>

#include <map>

#include "binder/binding.hpp"
#include "binder/names.hpp"
#include "binder/registers.hpp"
#include "binder/units.hpp"
#include "scheduler/unit_timing.hpp"

namespace sluice {
namespace {

/// "fp_add_0", "fp_add_1", ... whatever the types, each timed as it was for the schedule.
std::vector<BoundUnit> build_units(const Kernel& kernel, const std::vector<UnitAssignment::Unit>& units,
                                   const Target& target, double clock_ns, NameTable& names) {
  std::vector<BoundUnit> bound;
  std::map<std::string, int> count;
  std::map<std::string, UnitTiming> timings;
  for (const auto& [spec, limit] : units) {
    const auto [timing, is_new] = timings.try_emplace(to_string(spec));
    if (is_new) timing->second = unit_timing(kernel, spec, limit, target, clock_ns);
    const std::string name = names.unique(fmt::format("{}_{}", spec.unit, count[spec.unit]++));
    bound.push_back({name, spec, timing->second});
  }
  return bound;
}

}  // namespace

Binding bind(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Target& target,
             const BindingOptions& options) {
  NameTable names;
  Binding binding;
  auto units = assign_units(kernel, nests);
  binding.units = build_units(kernel, units.units, target, options.clock_ns, names);
  auto registers = assign_registers(kernel, nests, units, names);
  binding.registers = std::move(registers.registers);
  for (std::size_t n = 0; n < nests.size(); ++n) {
    binding.nests.push_back({std::move(units.of_node[n]), std::move(registers.storage[n])});
  }
  return binding;
}

}  // namespace sluice
