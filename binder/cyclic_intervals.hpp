#pragma once

#include <vector>

namespace sluice {

/// An arc of a circle of slots: `length` slots from `start` on.
struct Arc {
  int start = 0;   ///< 0 .. circumference - 1
  int length = 1;  ///< 1 .. circumference
};

/// The slot before which a circle is cut best: where the fewest arcs run on from the slot before.
int best_cut(const std::vector<Arc>& arcs, int circumference);

}  // namespace sluice
