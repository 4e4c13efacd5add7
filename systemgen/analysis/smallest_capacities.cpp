#include "systemgen/analysis/smallest_capacities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>

#include "systemgen/analysis/capacity_bounds.hpp"
#include "systemgen/analysis/steady_state.hpp"

namespace sluice {
namespace {

class Search {
 public:
  Search(const TimedNetwork& network, std::optional<FrameInterval> interval)
      : network_(&network), interval_(interval), graph_(network, PartialCapacities(network.channels.size())) {
    for (std::size_t c = 0; c < network.channels.size(); ++c) {
      const auto& fixed = network.channels[c].fixed_capacity;
      least_.push_back(fixed ? *fixed : least_alone(network, c, interval));
    }
  }

  BufferPlan run(std::int64_t effort) {
    best_ = least_;
    grow();
    shrink();
    const bool optimal = improve(effort);
    return {best_, optimal};
  }

 private:
  std::vector<FiringCycle> against(const Capacities& capacities) {
    for (std::size_t c = 0; c < capacities.size(); ++c) {
      if (graph_.capacities()[c] != capacities[c]) graph_.set_capacity(c, capacities[c]);
    }
    return violations(graph_, interval_);
  }

  [[nodiscard]] std::int64_t bits(const Raise& raise, const Capacities& from) const {
    return (raise.rows - from[raise.channel]) * network_->channels[raise.channel].row_bits;
  }

  /// Takes the cheapest change for each cycle until there is none.
  void grow() {
    for (;;) {
      const auto cycles = against(best_);
      if (cycles.empty()) return;
      const auto before = best_;
      for (const auto& cycle : cycles) {
        const auto all = raises(*network_, graph_, cycle);
        const auto& cheapest = *std::min_element(
            all.begin(), all.end(), [&](const auto& a, const auto& b) { return bits(a, before) < bits(b, before); });
        best_[cheapest.channel] = std::max(best_[cheapest.channel], cheapest.rows);
      }
    }
  }

  /// Takes back what is not needed, first where rows are large. What a channel can't spare now, it can spare no sooner
  /// once others have less.
  void shrink() {
    std::vector<std::size_t> channels(best_.size());
    std::iota(channels.begin(), channels.end(), std::size_t{0});
    std::stable_sort(channels.begin(), channels.end(),
                     [&](auto a, auto b) { return network_->channels[a].row_bits > network_->channels[b].row_bits; });
    for (const auto c : channels) {
      auto low = least_[c];
      while (low < best_[c]) {
        auto tried = best_;
        tried[c] = low + (best_[c] - low) / 2;
        if (against(tried).empty())
          best_ = tried;
        else
          low = tried[c] + 1;
      }
    }
  }

  /// Looks at capacities by their bits, from the least upwards. Whether it came to an end.
  bool improve(std::int64_t effort) {
    using Entry = std::pair<std::int64_t, Capacities>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    std::set<Capacities> seen{least_};
    open.emplace(buffer_bits(*network_, least_), least_);
    const auto enough = buffer_bits(*network_, best_);
    while (!open.empty() && open.top().first < enough) {
      effort -= graph_.node_count();
      if (effort < 0) return false;
      const auto [now, capacities] = open.top();
      open.pop();
      const auto cycles = against(capacities);
      if (cycles.empty()) {
        best_ = capacities;
        return true;
      }
      for (const auto& raise : fewest_raises(cycles)) {
        auto next = capacities;
        next[raise.channel] = raise.rows;
        const auto more = now + bits(raise, capacities);
        if (more < enough && seen.insert(next).second) open.emplace(more, std::move(next));
      }
    }
    return true;
  }

  [[nodiscard]] std::vector<Raise> fewest_raises(const std::vector<FiringCycle>& cycles) const {
    auto fewest = raises(*network_, graph_, cycles.front());
    for (const auto& cycle : cycles) {
      auto other = raises(*network_, graph_, cycle);
      if (other.size() < fewest.size()) fewest = std::move(other);
    }
    return fewest;
  }

  const TimedNetwork* network_;
  std::optional<FrameInterval> interval_;
  FiringGraph graph_;
  Capacities least_;  // of each channel alone
  Capacities best_;
};

}  // namespace

Expected<BufferPlan> smallest_capacities(const TimedNetwork& network, const BufferOptions& options) {
  if (auto wrong = verify(network); !wrong.empty()) return wrong;
  auto unbounded = unbounded_state(network);
  if (!unbounded) return unbounded.errors();
  std::optional<FrameInterval> interval;
  if (options.goal == BufferGoal::throughput)
    interval = std::max(unbounded->interval, options.interval.value_or(unbounded->interval));
  return Search(network, interval).run(options.effort);
}

}  // namespace sluice
