#include "binder/cyclic_intervals.hpp"

#include <algorithm>
#include <cstddef>

namespace sluice {

int best_cut(const std::vector<Arc>& arcs, int circumference) {
  // change[s]: by how many more arcs run on from slot s - 1 into slot s than from s - 2 into s - 1. An arc of n slots
  // runs on n - 1 times.
  std::vector<int> change(static_cast<std::size_t>(circumference) + 1, 0);
  const auto add = [&](int from, int to) {  // from .. to - 1, not around the end
    ++change[static_cast<std::size_t>(from)];
    --change[static_cast<std::size_t>(to)];
  };
  for (const auto& arc : arcs) {
    const int first = arc.start + 1;
    const int end = arc.start + arc.length;
    if (end <= circumference) {
      add(first, end);
    } else {
      add(std::min(first, circumference), circumference);
      add(0, end - circumference);
    }
  }
  int best = 0;
  int fewest = change[0];
  int running = 0;
  for (int slot = 0; slot < circumference; ++slot) {
    running += change[static_cast<std::size_t>(slot)];
    if (running < fewest) {
      fewest = running;
      best = slot;
    }
  }
  return best;
}

}  // namespace sluice
