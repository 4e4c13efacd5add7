#include "systemgen/analysis/smallest_capacities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "systemgen/analysis/capacity_bounds.hpp"
#include "systemgen/analysis/cheapest_choice.hpp"
#include "systemgen/analysis/steady_state.hpp"

namespace sluice {
namespace {

class Search {
 public:
  Search(const TimedNetwork& network, Pace pace)
      : network_(&network), pace_(std::move(pace)), graph_(network, PartialCapacities(network.channels.size())) {
    for (std::size_t c = 0; c < network.channels.size(); ++c) {
      const auto& fixed = network.channels[c].fixed_capacity;
      least_.push_back(fixed ? *fixed : least_alone(network, c, pace_));
    }
  }

  BufferPlan run(std::int64_t effort) {
    effort_ = effort;
    best_ = descend(least_);
    proved_ = bits(least_);
    improve();
    return {best_, bits(best_), proved_};
  }

 private:
  std::vector<FiringPath> against(const Capacities& capacities) {
    for (std::size_t c = 0; c < capacities.size(); ++c) {
      if (graph_.capacities()[c] != capacities[c]) graph_.set_capacity(c, capacities[c]);
    }
    effort_ -= graph_.node_count();
    return violations(graph_, pace_);
  }

  [[nodiscard]] std::int64_t bits(const Raise& raise, const Capacities& from) const {
    return (raise.rows - from[raise.channel]) * network_->channels[raise.channel].row_bits;
  }

  [[nodiscard]] std::int64_t bits(const Capacities& capacities) const { return buffer_bits(*network_, capacities); }

  /// Takes the cheapest change for each cycle or path until there is none.
  void grow(Capacities& capacities) {
    for (;;) {
      const auto paths = against(capacities);
      if (paths.empty()) return;
      const auto before = capacities;
      for (const auto& path : paths) {
        const auto all = raises(*network_, graph_, path);
        const auto& cheapest = *std::min_element(
            all.begin(), all.end(), [&](const auto& a, const auto& b) { return bits(a, before) < bits(b, before); });
        capacities[cheapest.channel] = std::max(capacities[cheapest.channel], cheapest.rows);
      }
    }
  }

  /// Takes back what is not needed, first where rows are large. What a channel can't spare now, it can spare no sooner
  /// once others have less.
  void shrink(Capacities& capacities) {
    std::vector<std::size_t> channels(capacities.size());
    std::iota(channels.begin(), channels.end(), std::size_t{0});
    std::stable_sort(channels.begin(), channels.end(),
                     [&](auto a, auto b) { return network_->channels[a].row_bits > network_->channels[b].row_bits; });
    for (const auto c : channels) {
      auto low = least_[c];
      while (low < capacities[c]) {
        auto tried = capacities;
        tried[c] = low + (capacities[c] - low) / 2;
        if (against(tried).empty())
          capacities = tried;
        else
          low = tried[c] + 1;
      }
    }
  }

  /// From capacities that are perhaps not enough to some that are, of which none can lose a row.
  Capacities descend(Capacities capacities) {
    grow(capacities);
    shrink(capacities);
    return capacities;
  }

  /// Asks for the least bits that meet all demands known, and for the demands of what stands against that.
  void improve() {
    CheapestChoice choice(*network_, least_);
    auto chosen = least_;
    while (effort_ > 0 && proved_ < bits(best_)) {
      const auto paths = against(chosen);
      if (paths.empty()) {
        best_ = chosen;
        return;
      }
      for (const auto& path : paths) {
        auto found = demand(*network_, graph_, path, pace_);
        effort_ -= found.effort;
        choice.add(std::move(found.any_of));
      }
      const auto next = choice.solve(effort_);
      if (!next) break;
      chosen = *next;
      proved_ = bits(chosen);
    }
    if (proved_ == bits(best_) || chosen == least_) return;
    chosen = descend(chosen);
    if (bits(chosen) < bits(best_)) best_ = chosen;
  }

  const TimedNetwork* network_;
  Pace pace_;
  FiringGraph graph_;
  Capacities least_;  // of each channel alone
  Capacities best_;
  std::int64_t proved_ = 0;  // bits that are needed
  std::int64_t effort_ = 0;
};

}  // namespace

Expected<BufferPlan> smallest_capacities(const TimedNetwork& network, const BufferOptions& options) {
  if (auto wrong = verify(network); !wrong.empty()) return wrong;
  auto unbounded = unbounded_state(network);
  if (!unbounded) return unbounded.errors();
  Pace pace;
  if (options.goal == BufferGoal::throughput) {
    pace.interval = std::max(unbounded->interval, options.interval.value_or(unbounded->interval));
  }
  if (options.goal == BufferGoal::throughput && !options.sinks.empty()) {
    const auto latency = unbounded_latency(network, options.sinks);
    pace.windows = start_windows(network, options.sinks, std::max(latency, options.latency.value_or(latency)));
  }
  return Search(network, std::move(pace)).run(options.effort);
}

}  // namespace sluice
