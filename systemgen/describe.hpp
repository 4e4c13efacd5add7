#pragma once

#include <vector>

#include "systemgen/build_actor.hpp"
#include "systemgen/control/stages.hpp"
#include "systemgen/report/report.hpp"

namespace sluice {

/// Fills in what the report says about the hardware. `actors` are in the order of the network's, and `order` is how
/// they run. `device` is what the report says the use of.
void describe(Report& report, const Design& design, const std::vector<BuiltActor>& actors, const RtlFiles& files,
              const Target& target, ActorOrder order, const std::optional<Device>& device);

}  // namespace sluice
