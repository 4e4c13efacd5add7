#include "scheduler/unit_timing.hpp"

#include <algorithm>
#include <cmath>

#include "scheduler/logic_delay.hpp"

namespace sluice {
namespace {

bool needs(const Nest& nest, const Op& op, const UnitSpec& spec) {
  return realization(nest, op) == Realization::unit && unit_spec(nest, op) == spec;
}

/// The type that targets list a unit's figures under: of a conversion the float format (the wider one), of everything
/// else the widest type that takes part, which for a product is its wider operand.
ScalarType figures_type(const UnitSpec& spec) {
  const auto wider = [](ScalarType a, ScalarType b) { return b.width() > a.width() ? b : a; };
  if (spec.unit == "fp_from_int") return spec.result;
  if (spec.unit == "fp_to_int") return spec.operands.at(0);
  ScalarType widest = spec.operands.at(0);
  for (const auto type : spec.operands) widest = wider(widest, type);
  return spec.unit == "int_mul" ? widest : wider(widest, spec.result);
}

}  // namespace

int chain_budget_ps(const Target& target, double clock_ns) {
  constexpr double kHalfBit = 1e-6;  // 8.017 * 1000 is a little less than 8017
  return static_cast<int>(std::floor(clock_ns * 1000 + kHalfBit)) - target.register_ps();
}

int multiplexer_inputs(const Kernel& kernel, const UnitSpec& spec, int limit) {
  int inputs = 0;
  for (const auto& nest : kernel.nests) {
    const auto count = static_cast<int>(
        std::count_if(nest.body.begin(), nest.body.end(), [&](const Op& op) { return needs(nest, op, spec); }));
    if (count > 0) inputs += limit == 0 ? 1 : (count + limit - 1) / limit + (limit > 1 && count > limit ? 1 : 0);
  }
  return inputs;
}

std::vector<int> shared_segments_ps(const Kernel& kernel, const UnitSpec& spec, int limit, const Target& target) {
  auto segments = target.figures(spec.unit, figures_type(spec)).segment_ps;
  segments.front() += target.multiplexer_ps(multiplexer_inputs(kernel, spec, limit));
  return segments;
}

UnitTiming unit_timing(const Kernel& kernel, const UnitSpec& spec, int limit, const Target& target, double clock_ns) {
  int before = 0;
  for (const auto& nest : kernel.nests) {
    for (const auto& op : nest.body) {
      if (needs(nest, op, spec)) before = std::max(before, counters_before_ps(kernel, nest, op, target));
    }
  }
  return place_cuts(shared_segments_ps(kernel, spec, limit, target), chain_budget_ps(target, clock_ns) - before);
}

}  // namespace sluice
