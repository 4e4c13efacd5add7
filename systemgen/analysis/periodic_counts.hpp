#pragma once

#include <cstdint>
#include <vector>

namespace sluice {

/// A non-decreasing function of all whole numbers: `values` in the first period, `growth` more in each that follows.
/// values.back() - values.front() is at most growth, which is above 0.
struct PeriodicCounts {
  std::vector<std::int64_t> values;
  std::int64_t growth = 1;

  [[nodiscard]] std::int64_t period() const { return std::ssize(values); }
  [[nodiscard]] std::int64_t at(std::int64_t n) const;
  /// The least n with at(n) >= count.
  [[nodiscard]] std::int64_t first_reaching(std::int64_t count) const;

  bool operator==(const PeriodicCounts&) const = default;
};

}  // namespace sluice
