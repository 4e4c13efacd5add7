#include "systemgen/analysis/fire_times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "systemgen/analysis/blocked_cycle.hpp"
#include "systemgen/analysis/gates.hpp"

namespace sluice {
namespace {

/// Starts firings in any order in which what they wait for comes first: their times don't depend on it.
class Execution {
 public:
  Execution(const TimedNetwork& network, const Capacities& capacities, std::int64_t frames)
      : network_(&network), gates_(gates(network, capacities)), waiting_(network.actors.size()) {
    for (const auto& actor : network.actors) total_.push_back(actor.firings * frames);
    times_.starts.resize(network.actors.size());
  }

  void run() {
    std::vector<std::size_t> ready(network_->actors.size());
    std::iota(ready.rbegin(), ready.rend(), std::size_t{0});
    while (!ready.empty()) {
      const auto actor = ready.back();
      ready.pop_back();
      while (count(actor) < total_[actor] && start_next(actor)) continue;
      wake(actor, ready);
    }
  }

  [[nodiscard]] bool finished() const {
    for (std::size_t a = 0; a < total_.size(); ++a) {
      if (count(a) < total_[a]) return false;
    }
    return true;
  }

  FiringTimes times() { return std::move(times_); }

  [[nodiscard]] std::vector<std::int64_t> fired() const {
    std::vector<std::int64_t> result;
    for (std::size_t a = 0; a < total_.size(); ++a) result.push_back(count(a));
    return result;
  }

 private:
  struct Waiting {
    std::size_t actor;
    std::int64_t pulses;
  };

  [[nodiscard]] std::int64_t count(std::size_t actor) const { return std::ssize(times_.starts[actor]); }

  bool start_next(std::size_t actor) {
    auto& starts = times_.starts[actor];
    const auto firing = std::ssize(starts);
    std::int64_t start = starts.empty() ? 0 : starts.back() + network_->actors[actor].spacing;
    for (const auto& gate : gates_[actor]) {
      const auto pulses = gate.needed.at(firing);
      if (pulses <= 0) continue;
      if (pulses > count(gate.neighbour)) {
        waiting_[gate.neighbour].push_back({actor, pulses});
        return false;
      }
      start = std::max(start, times_.starts[gate.neighbour][static_cast<std::size_t>(pulses - 1)] + gate.delay);
    }
    starts.push_back(start);
    return true;
  }

  void wake(std::size_t neighbour, std::vector<std::size_t>& ready) {
    std::erase_if(waiting_[neighbour], [&](const Waiting& each) {
      if (each.pulses > count(neighbour)) return false;
      ready.push_back(each.actor);
      return true;
    });
  }

  const TimedNetwork* network_;
  std::vector<std::vector<Gate>> gates_;
  std::vector<std::vector<Waiting>> waiting_;  // by the neighbour that they wait for
  std::vector<std::int64_t> total_;
  FiringTimes times_;
};

}  // namespace

Expected<FiringTimes> fire_times(const TimedNetwork& network, const Capacities& capacities, std::int64_t frames) {
  if (auto wrong = verify(network, capacities); !wrong.empty()) return wrong;
  Execution execution(network, capacities, frames);
  execution.run();
  if (execution.finished()) return execution.times();
  return explain(network, capacities, blocked_cycle(network, capacities, execution.fired()));
}

}  // namespace sluice
