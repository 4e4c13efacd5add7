#include "systemgen/choose/built_cycles.hpp"

namespace sluice {

BuiltCycles built_cycles(const ScheduledKernel& built, ActorOrder order) {
  const auto& [kernel, nests, lanes] = built;
  BuiltCycles cycles;
  for (std::size_t n = 0; n < nests.size(); ++n)
    cycles.iterations += token_count(kernel) * iteration_count(kernel.nests[n]) * nests[n].schedule.ii;
  const auto all = order == ActorOrder::dataflow ? merged_interval_of(kernel, nests) : cycles_of(kernel, nests);
  cycles.drain = all - cycles.iterations;
  return cycles;
}

}  // namespace sluice
