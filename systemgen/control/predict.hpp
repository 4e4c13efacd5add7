#pragma once

#include <vector>

#include "rtlgen/fsmd/actor.hpp"
#include "systemgen/control/system_rtl.hpp"

namespace sluice {

/// Sets the predicted cycles of a sequential system from its ports and its actors' cycles and stages.
void predict_sequential(SystemRtl& system, const std::vector<ActorRtl>& actors, const std::vector<std::size_t>& stages);

}  // namespace sluice
