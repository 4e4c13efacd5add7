#pragma once

#include <cstdint>
#include <vector>

#include "core/diag/expected.hpp"
#include "systemgen/control/timed_system.hpp"

namespace sluice {

/// A simulation's log, by actor, as times of the network: cycle 0 is `first_beat`. What an actor does before it is in
/// cycle 0, since only what waits for nothing can. Firings of frames that were not sent are left out.
FiringTimes firings_of(const TimedSystem& system, const std::vector<std::vector<std::int64_t>>& log,
                       std::int64_t first_beat, std::int64_t frames);

/// Firings that start before their tokens or credits allow it, and those that never started though the sinks could not
/// have ended the frames without them. `exact`:
/// also the first one of each actor that does not start in the predicted cycle, as all do if streams never pause.
Diagnostics check_firings(const TimedSystem& system, const FiringTimes& times, std::int64_t frames, bool exact);

/// Why the actors do not go on after such a log, with frames to come: a circle of actors that wait for one another, or
/// else those that have all that they need, with the channels on which the others wait for them. Empty if all have had
/// their firings.
Diagnostics explain_stop(const TimedSystem& system, const FiringTimes& times, std::int64_t frames);

}  // namespace sluice
