#include "systemgen/report/network_facts.hpp"

#include <algorithm>

#include "systemgen/analysis/channel_occupancy.hpp"
#include "systemgen/analysis/steady_state.hpp"
#include "systemgen/output/design.hpp"
#include "systemgen/report/report.hpp"

namespace sluice {
namespace {

constexpr std::int64_t kShownFrames = 4;
constexpr std::int64_t kMostFrames = 64;

std::vector<std::int64_t> occupancies(const TimedNetwork& network, const FiringTimes& times) {
  std::vector<std::int64_t> most;
  for (std::size_t c = 0; c < network.channels.size(); ++c) most.push_back(greatest_occupancy(network, times, c));
  return most;
}

/// The same in so many frames that twice as many have no more.
std::vector<std::int64_t> steady_occupancies(const TimedSystem& system, std::int64_t period) {
  std::vector<std::int64_t> before;
  for (std::int64_t frames = std::max(kShownFrames, 2 * period); frames <= kMostFrames; frames *= 2) {
    const auto times = fire_times(system.network, system.capacities, frames);
    if (!times) break;
    auto now = occupancies(system.network, *times);
    if (now == before) break;
    before = std::move(now);
  }
  before.resize(system.network.channels.size());
  return before;
}

/// Channels go from actors with a lower rank to such with a higher one; the network has no cycles.
void set_ranks(NetworkFacts& facts) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& channel : facts.channels) {
      const std::size_t least = facts.actors[channel.writer].rank + 1;
      for (const auto reader : channel.readers) {
        if (facts.actors[reader].rank >= least) continue;
        facts.actors[reader].rank = least;
        changed = true;
      }
    }
  }
}

}  // namespace

NetworkFacts network_facts(const Design& design, const std::vector<ActorFacts>& actors) {
  const TimedSystem& system = *design.system.timed;
  NetworkFacts facts;
  for (const auto& actor : system.network.actors) facts.actors.push_back({actor.name, actor.firings, actor.spacing});
  for (std::size_t i = 0; i < actors.size(); ++i)
    facts.actors[design.network.inputs.size() + i].multipliers = actors[i].multipliers();
  if (const auto state = steady_state(system.network, system.capacities)) {
    facts.interval = state->interval;
    facts.bottleneck_actors = state->actors;
    facts.bottleneck_channels = state->channels;
  }
  if (const auto state = unbounded_state(system.network)) facts.unbounded_interval = state->interval;
  const auto occupancy = steady_occupancies(system, facts.interval.frames);
  for (std::size_t c = 0; c < system.network.channels.size(); ++c) {
    const auto& channel = system.network.channels[c];
    facts.channels.push_back({channel.name,
                              design.network.channels[c].tensor,
                              channel.rows,
                              system.capacities[c],
                              channel.row_bits,
                              design.system.copies[c],
                              occupancy[c],
                              channel.writer,
                              {}});
    for (const auto& reader : channel.readers) facts.channels.back().readers.push_back(reader.actor);
  }
  set_ranks(facts);
  facts.least_buffers = buffer_bits(system.network, system.capacities) == system.least_bits;
  if (auto times = fire_times(system.network, system.capacities, kShownFrames)) facts.predicted = std::move(*times);
  return facts;
}

std::vector<std::size_t> NetworkFacts::next_slowest() const {
  std::vector<std::size_t> others;
  for (std::size_t a = 0; a < actors.size(); ++a) {
    if (std::ranges::find(bottleneck_actors, a) == bottleneck_actors.end()) others.push_back(a);
  }
  std::ranges::stable_sort(others, std::greater<>(), [&](std::size_t a) { return actors[a].interval(); });
  return others;
}

std::int64_t NetworkFacts::slowest_interval() const {
  std::int64_t slowest = 0;
  for (const auto& actor : actors) slowest = std::max(slowest, actor.interval());
  return slowest;
}

std::int64_t NetworkFacts::bits() const {
  std::int64_t sum = 0;
  for (const auto& channel : channels) sum += channel.bits();
  return sum;
}

std::int64_t NetworkFacts::double_buffer_bits() const {
  std::int64_t sum = 0;
  for (const auto& channel : channels) sum += channel.double_buffer_bits();
  return sum;
}

}  // namespace sluice
