#include "systemgen/choose/actor_front.hpp"

#include <algorithm>
#include <map>

#include "core/dfg/unit_spec.hpp"
#include "frontend/loops/accumulation.hpp"

namespace sluice {
namespace {

/// One multiplier of each kind, whatever the nests would like to have.
void limit(const Kernel& kernel, KernelPoint& point) {
  std::map<std::string, std::int64_t> kinds;
  for (const auto& nest : kernel.nests) {
    std::map<std::string, std::int64_t> here;
    for (const auto& op : nest.body) {
      if (op.code != Opcode::multiply) continue;
      const std::string kind = to_string(unit_spec(nest, op));
      kinds[kind] = std::max(kinds[kind], ++here[kind]);
    }
  }
  std::int64_t busiest = 1;
  for (const auto& [kind, count] : kinds) busiest = std::max(busiest, count);
  point.iterations *= busiest;
  point.multipliers = std::ssize(kinds);
  point.one_multiplier = true;
}

}  // namespace

bool multiplies(const Kernel& kernel) {
  return std::ranges::any_of(kernel.nests, [](const Nest& nest) {
    return std::ranges::find(nest.body, Opcode::multiply, &Op::code) != nest.body.end();
  });
}

ActorOptions with_one_multiplier(ActorOptions actor) {
  actor.resources.limits["fp_mul"] = 1;
  actor.resources.limits["int_mul"] = 1;
  return actor;
}

std::int64_t sums_in_flight(const Kernel& kernel, const ActorOptions& actor) {
  std::int64_t cycles = 1;
  for (const auto& nest : kernel.nests) {
    if (find_accumulations(kernel, nest))
      cycles = std::max<std::int64_t>(cycles, bounds_of(kernel, nest, actor).recurrence);
  }
  return cycles;
}

std::vector<KernelPoint> actor_front(const Kernel& kernel, const FrontOptions& options) {
  auto front = kernel_front(kernel, options);
  if (!multiplies(kernel)) return front;
  KernelPoint first = kernel_point(kernel, no_parallelism(kernel), options);
  if (first.multipliers <= 1) return front;
  limit(kernel, first);
  front.insert(front.begin(), std::move(first));
  return front;
}

}  // namespace sluice
