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

/// What one place on the circle holds, filled from the cut on: first an arc that crosses the cut, if any, then others
/// in the order of their starts.
class Track {
 public:
  explicit Track(int circumference) : circumference_(circumference), open_until_(circumference) {}

  /// Whether an arc fits behind what is there; `first` counts slots from the cut.
  [[nodiscard]] bool fits(int first, int length) const {
    if (crosses(first, length)) return free_from_ == 0 && open_until_ == circumference_;
    return first >= free_from_ && first + length <= open_until_;
  }

  void put(int first, int length) {
    if (crosses(first, length)) open_until_ = first;
    free_from_ = (first + length) - (crosses(first, length) ? circumference_ : 0);
  }

 private:
  [[nodiscard]] bool crosses(int first, int length) const { return first + length > circumference_; }

  int circumference_;
  int free_from_ = 0;  // the first slot from which on nothing is there ...
  int open_until_;     // ... up to this one
};

}  // namespace sluice
