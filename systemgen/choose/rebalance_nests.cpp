#include "systemgen/choose/rebalance_nests.hpp"

#include <map>
#include <string>

#include "core/dfg/unit_spec.hpp"
#include "frontend/loops/rebalance.hpp"
#include "scheduler/logic_delay.hpp"
#include "scheduler/unit_timing.hpp"

namespace sluice {
namespace {

/// Delays in ps, those of units with registers in whole cycles.
class Delays {
 public:
  Delays(const Kernel& kernel, const Nest& nest, const ActorOptions& actor)
      : kernel_(kernel),
        nest_(nest),
        actor_(actor),
        cycle_ps_(chain_budget_ps(*actor.target, actor.resources.clock_ns)) {}

  std::int64_t of(const Op& op) {
    switch (realization(nest_, op)) {
      case Realization::port:
        return cycle_ps_;
      case Realization::inlined:
        return inlined_ps(nest_, op, *actor_.target);
      case Realization::unit:
        return of_unit(unit_spec(nest_, op));
      default:
        return 0;
    }
  }

 private:
  std::int64_t of_unit(const UnitSpec& spec) {
    const auto [known, is_new] = units_.try_emplace(to_string(spec));
    if (is_new) {
      const int limit = unit_limit(actor_.resources, spec.unit);
      const auto timing = unit_timing(kernel_, spec, limit, *actor_.target, actor_.resources.clock_ns);
      known->second = timing.latency == 0 ? timing.in_ps : timing.latency * cycle_ps_;
    }
    return known->second;
  }

  const Kernel& kernel_;
  const Nest& nest_;
  const ActorOptions& actor_;
  std::int64_t cycle_ps_;
  std::map<std::string, std::int64_t> units_;
};

}  // namespace

std::size_t rebalance_nests(Kernel& kernel, const ActorOptions& actor, bool reassociate,
                            std::span<const std::int64_t> running_steps) {
  const Kernel before = kernel;
  std::size_t trees = 0;
  for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
    Delays delays(before, before.nests[n], actor);
    const RebalanceOptions options{reassociate, running_steps.empty() ? 1 : running_steps[n]};
    trees += rebalance(
        kernel.nests[n], [&](const Op& op) { return delays.of(op); }, options);
  }
  return trees;
}

}  // namespace sluice
