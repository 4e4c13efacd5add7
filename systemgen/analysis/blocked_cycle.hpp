#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/diag/diagnostic.hpp"
#include "systemgen/analysis/gates.hpp"

namespace sluice {

/// An actor's firing that can't start, and the neighbour's firing whose pulse it waits for.
struct Wait {
  std::size_t actor = 0;
  std::int64_t firing = 0;  ///< over all frames
  Gate::Kind kind = Gate::Kind::token;
  std::size_t channel = 0;
  std::size_t neighbour = 0;
  std::int64_t neighbour_firing = 0;  ///< over all frames

  bool operator==(const Wait&) const = default;
};

/// A circle of actors that wait, each for the next and the last for the first, once actor a has started `fired[a]`
/// firings and all their pulses have come; empty if there is none.
std::vector<Wait> blocked_cycle(const TimedNetwork& network, const Capacities& capacities,
                                const std::vector<std::int64_t>& fired);

/// Says who waits for whom, with the channels' names and capacities.
Diagnostic explain(const TimedNetwork& network, const Capacities& capacities, const std::vector<Wait>& cycle);

}  // namespace sluice
