#include "systemgen/build_actor.hpp"

#include "systemgen/report/stopwatch.hpp"

namespace sluice {

Expected<BuiltActor> bind_actor(const Kernel& kernel, std::vector<ScheduledNest> nests, const ActorOptions& options,
                                ActorSeconds& seconds) {
  Stopwatch watch;
  Binding binding = bind(kernel, nests, *options.target, {options.resources.clock_ns});
  if (auto errors = verify(kernel, nests, binding); !errors.empty()) return errors;
  seconds.bind += watch.lap();
  Fsmd fsmd = build_fsmd(kernel, nests, binding);
  if (auto errors = verify(fsmd); !errors.empty()) return errors;
  seconds.rtl += watch.lap();
  return BuiltActor{std::move(nests), std::move(binding), std::move(fsmd), {}, {}};
}

Diagnostics generate_rtl(BuiltActor& actor, const Kernel& kernel, const std::vector<ArrayLayout>& layouts,
                         ActorSeconds& seconds) {
  Stopwatch watch;
  if (!layouts.empty()) {
    const bool drains = actor.fsmd.drains;
    actor.fsmd = build_fsmd(kernel, actor.nests, actor.binding, layouts);
    actor.fsmd.drains = drains;
    if (auto errors = verify(actor.fsmd); !errors.empty()) return errors;
  }
  actor.rtl = generate_actor(kernel, actor.fsmd, kernel.name);
  seconds.rtl += watch.lap();
  return {};
}

Expected<BuiltActor> build_actor(const Kernel& kernel, std::vector<ScheduledNest> nests, const ActorOptions& options,
                                 ActorSeconds& seconds) {
  auto actor = bind_actor(kernel, std::move(nests), options, seconds);
  if (!actor) return actor;
  if (auto errors = generate_rtl(*actor, kernel, {}, seconds); !errors.empty()) return errors;
  return actor;
}

std::map<std::string, int> unit_counts(const BuiltActor& actor) {
  std::map<std::string, int> counts;
  for (const auto& unit : actor.binding.units) ++counts[unit.spec.unit];
  return counts;
}

int dominant_ii(const Kernel& kernel, const BuiltActor& actor) {
  int ii = 0;
  std::int64_t most = -1;
  for (std::size_t i = 0; i < kernel.nests.size(); ++i) {
    const auto& schedule = actor.nests[i].schedule;
    const std::int64_t cycles = iteration_count(kernel.nests[i]) * schedule.ii;
    if (cycles <= most) continue;
    most = cycles;
    ii = schedule.ii;
  }
  return ii;
}

}  // namespace sluice
