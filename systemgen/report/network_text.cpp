#include <fmt/format.h>
#include <fmt/ranges.h>

#include "systemgen/report/network_facts.hpp"
#include "systemgen/report/text.hpp"

namespace sluice {
namespace {

std::string interval_text(const FrameInterval& interval) {
  if (interval.frames == 1) return grouped(interval.cycles);
  return fmt::format("{:.1f}", interval.value());
}

std::string who(const NetworkActorFacts& actor) {
  return actor.multipliers > 0
             ? fmt::format("{} ({} multiplier{})", actor.name, actor.multipliers, actor.multipliers == 1 ? "" : "s")
             : actor.name;
}

/// Actors that never wait: all that are as slow as the slowest.
std::string busy_text(const NetworkFacts& network) {
  const std::int64_t slowest = network.actors[network.bottleneck_actors.front()].interval();
  std::vector<std::string> busy{who(network.actors[network.bottleneck_actors.front()])};
  for (const auto a : network.next_slowest()) {
    const auto& next = network.actors[a];
    if (next.interval() < slowest) {
      return fmt::format("{} always busy; if {} faster, {} would keep the interval at {}", fmt::join(busy, " and "),
                         busy.size() == 1 ? "it were" : "they were", who(next), grouped(next.interval()));
    }
    busy.push_back(who(next));
  }
  return fmt::format("{} always busy", fmt::join(busy, " and "));
}

/// Actors that wait for each other.
std::string waiting_text(const NetworkFacts& network) {
  std::vector<std::string> actors;
  for (const auto a : network.bottleneck_actors) actors.push_back(network.actors[a].name);
  std::vector<std::string> channels;
  for (const auto c : network.bottleneck_channels) {
    const auto& channel = network.channels[c];
    channels.push_back(fmt::format("{} ({} rows of {})", channel.name, channel.capacity, channel.rows));
  }
  const std::string text =
      fmt::format("{} wait for each other on {}", fmt::join(actors, ", "), fmt::join(channels, ", "));
  if (network.unbounded_interval < network.interval)
    return text + fmt::format("; with more rows {} would do", interval_text(network.unbounded_interval));
  return text + fmt::format("; more rows would not help, the slowest actor alone takes {}",
                            grouped(network.slowest_interval()));
}

/// What other streams would need: row-major ones always, which shows what was saved; others where they save something
/// and are as fast.
std::string other_layouts_text(const NetworkFacts& network) {
  std::string text;
  for (const auto& [layout, facts] : network.other_layouts) {
    const bool better = facts.bits < network.bits() && facts.slowest_interval <= network.slowest_interval();
    if (layout == StreamLayout::row_major) text += fmt::format("; {} with row-major streams", grouped(facts.bits));
    if (layout == StreamLayout::channels_last && better)
      text += fmt::format("; {} with --stream-layout channels-last", grouped(facts.bits));
  }
  return text;
}

}  // namespace

std::string bottleneck_text(const NetworkFacts& network) {
  if (network.bottleneck_actors.empty()) return "none";
  return network.bottleneck_channels.empty() ? busy_text(network) : waiting_text(network);
}

std::string channels_text(const NetworkFacts& network) {
  const std::int64_t bits = network.bits();
  const std::int64_t twice = network.double_buffer_bits();
  const double share = twice > 0 ? 100.0 * static_cast<double>(bits) / static_cast<double>(twice) : 0;
  return fmt::format("{} bits, {:.0f}% of the {} of double buffers{}", grouped(bits), share, grouped(twice),
                     network.least_buffers ? "; no rows fewer would do" : "") +
         other_layouts_text(network);
}

}  // namespace sluice
