#include "systemgen/analysis/periodic_counts.hpp"

#include <algorithm>

#include "core/arith/floor_div.hpp"

namespace sluice {

std::int64_t PeriodicCounts::at(std::int64_t n) const {
  const auto frame = floor_div(n, period());
  return values[static_cast<std::size_t>(n - frame * period())] + frame * growth;
}

std::int64_t PeriodicCounts::first_reaching(std::int64_t count) const {
  const auto frame = ceil_div(count - values.back(), growth);
  const auto found = std::lower_bound(values.begin(), values.end(), count - frame * growth);
  return frame * period() + (found - values.begin());
}

}  // namespace sluice
