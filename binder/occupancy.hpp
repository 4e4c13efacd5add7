#pragma once

#include <map>

namespace sluice {

/// The cycles, modulo ii, in which one unit or register is taken by the nest at hand: arcs of a circle of ii slots.
class Occupancy {
 public:
  explicit Occupancy(int ii) : ii_(ii) {}

  /// How many slots are free from `start` on, up to ii.
  [[nodiscard]] int room(int start) const;
  /// Takes `length` slots, at most ii, that are free from `start` on.
  void take(int start, int length) { length_at_.emplace(start, length); }
  /// Frees the arc that was taken from `start` on.
  void release(int start) { length_at_.erase(start); }

 private:
  int ii_;
  std::map<int, int> length_at_;  // of the arcs, by start
};

}  // namespace sluice
