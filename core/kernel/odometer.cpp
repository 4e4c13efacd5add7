#include "core/kernel/odometer.hpp"

namespace sluice {

std::vector<std::int64_t> carry_increments(const AffineExpr& expr, const std::vector<std::int64_t>& trips,
                                           std::size_t first_level) {
  std::vector<std::int64_t> increments(trips.size() - first_level);
  std::int64_t wrapped = 0;  // what the loops inside give back when they wrap
  for (std::size_t level = trips.size(); level-- > first_level;) {
    increments[level - first_level] = expr.coefficient(level) - wrapped;
    wrapped += expr.coefficient(level) * (trips[level] - 1);
  }
  return increments;
}

Odometer::Odometer(std::vector<std::int64_t> trips, std::size_t first_level)
    : trips_(std::move(trips)), iterators_(trips_.size(), 0), first_level_(first_level) {}

int Odometer::step() {
  for (std::size_t level = trips_.size(); level-- > first_level_;) {
    if (++iterators_[level] < trips_[level]) return static_cast<int>(level);
    iterators_[level] = 0;
  }
  return -1;
}

}  // namespace sluice
