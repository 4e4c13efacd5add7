#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace sluice {

/// The cycles, modulo ii, in which one unit is taken by the nest at hand.
class Timetable {
 public:
  explicit Timetable(int ii) : taken_(static_cast<std::size_t>(ii), false) {}

  [[nodiscard]] bool is_free(int start, int cycles) const {
    if (cycles > static_cast<int>(taken_.size())) return false;
    for (int i = 0; i < cycles; ++i) {
      if (taken_[at(start + i)]) return false;
    }
    return true;
  }

  void take(int start, int cycles) {
    for (int i = 0; i < std::min(cycles, static_cast<int>(taken_.size())); ++i) taken_[at(start + i)] = true;
  }

 private:
  [[nodiscard]] std::size_t at(int cycle) const { return static_cast<std::size_t>(cycle) % taken_.size(); }
  std::vector<bool> taken_;
};

}  // namespace sluice
