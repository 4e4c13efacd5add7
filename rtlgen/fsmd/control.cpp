#include "rtlgen/fsmd/control.hpp"

#include <algorithm>

#include "core/arith/floor_div.hpp"
#include "core/kernel/odometer.hpp"

namespace sluice {

int state_count(const Fsmd& fsmd, std::size_t n) {
  int count = fsmd.nests[n].length;
  for (const auto& reg : fsmd.registers) {
    for (const auto& write : reg.writes) {
      if (write.state.nest == n) count = std::max(count, write.state.cycle + 1);
    }
  }
  return count;
}

bool ends_firing(const Fsmd& fsmd, int step) {
  return step < 0 || (fsmd.drains && step < static_cast<int>(fsmd.token_loops));
}

std::vector<std::int64_t> tracker_increments(const Fsmd& fsmd, const Tracker& tracker) {
  const auto& trips = fsmd.nests[tracker.nest].trips;
  auto increments = carry_increments(tracker.expr, trips, 0);
  std::int64_t span = 0;
  for (std::size_t loop = 0; loop < trips.size(); ++loop) span += tracker.expr.coefficient(loop) * (trips[loop] - 1);
  increments.push_back(-span);
  return increments;
}

std::vector<std::int64_t> register_increments(const Fsmd& fsmd, const Tracker& tracker) {
  auto increments = tracker_increments(fsmd, tracker);
  increments.back() += tracker.frame;
  for (auto& increment : increments) increment = register_value(tracker, increment);
  return increments;
}

std::int64_t register_value(const Tracker& tracker, std::int64_t value) {
  return tracker.ring == 0 ? value : value - floor_div(value, tracker.ring) * tracker.ring;
}

}  // namespace sluice
