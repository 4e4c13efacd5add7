#pragma once

#include <string>

#include "systemgen/report/network_facts.hpp"

namespace sluice {

/// The network as SVG 1.1: actors as boxes, in columns by rank, with their interval, multipliers and utilisation;
/// channels as arrows with the rows in use and the capacity. What bounds the interval is red.
std::string network_svg(const NetworkFacts& network);

/// The firings of each actor over time as SVG 1.1: a bar from the start of each for as long as its spacing, frames in
/// alternating colours. `times` may be predicted or simulated.
std::string timeline_svg(const NetworkFacts& network, const FiringTimes& times);

}  // namespace sluice
