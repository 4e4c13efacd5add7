#include "systemgen/choose/budget.hpp"

#include <algorithm>
#include <limits>

namespace sluice {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 2;

/// What does not multiply shall take at most this part of the time of the slowest kernel that does.
constexpr std::int64_t kPartOfSlowest = 4;

}  // namespace

BudgetTable::BudgetTable(const std::vector<std::vector<KernelPoint>>& fronts, std::int64_t most)
    : fronts_(fronts), most_(most) {
  std::int64_t useful = 0;
  for (std::size_t k = 0; k < fronts.size(); ++k) {
    if (fronts[k].front().multipliers == 0) continue;
    multiplying_.push_back(k);
    least_ += fronts[k].front().multipliers;
    useful += fronts[k].back().multipliers;
  }
  most_ = std::min(most_, useful);
  std::vector<std::int64_t> before(static_cast<std::size_t>(std::max<std::int64_t>(most_, 0) + 1), 0);
  for (const auto k : multiplying_) {
    std::vector<std::int64_t> now(before.size(), kNever);
    std::vector<std::size_t> taken(before.size(), 0);
    for (std::size_t spent = 0; spent < now.size(); ++spent) {
      for (std::size_t p = 0; p < fronts[k].size(); ++p) {
        const auto price = static_cast<std::size_t>(fronts[k][p].multipliers);
        if (price > spent || before[spent - price] >= kNever) continue;
        const std::int64_t total = before[spent - price] + fronts[k][p].iterations;
        if (total >= now[spent]) continue;
        now[spent] = total;
        taken[spent] = p;
      }
    }
    iterations_.push_back(now);
    taken_.push_back(std::move(taken));
    before = std::move(now);
  }
}

Choice BudgetTable::choice(std::int64_t multipliers) const {
  Choice choice(fronts_.size(), 0);
  auto left = static_cast<std::size_t>(std::min(multipliers, most_));
  for (std::size_t i = multiplying_.size(); i-- > 0;) {
    const std::size_t k = multiplying_[i];
    choice[k] = taken_[i][left];
    left -= static_cast<std::size_t>(fronts_[k][choice[k]].multipliers);
  }
  std::int64_t slowest = 0;
  for (const auto k : multiplying_) slowest = std::max(slowest, fronts_[k][choice[k]].iterations);
  if (slowest == 0) return choice;
  for (std::size_t k = 0; k < fronts_.size(); ++k) {
    if (fronts_[k].front().multipliers > 0) continue;
    const auto fast = std::ranges::find_if(
        fronts_[k], [&](const KernelPoint& point) { return point.iterations * kPartOfSlowest <= slowest; });
    choice[k] = static_cast<std::size_t>((fast == fronts_[k].end() ? fast - 1 : fast) - fronts_[k].begin());
  }
  return choice;
}

std::int64_t multipliers_of(const std::vector<std::vector<KernelPoint>>& fronts, const Choice& choice) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < fronts.size(); ++k) sum += fronts[k][choice[k]].multipliers;
  return sum;
}

std::int64_t iterations_of(const std::vector<std::vector<KernelPoint>>& fronts, const Choice& choice) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < fronts.size(); ++k) sum += fronts[k][choice[k]].iterations;
  return sum;
}

}  // namespace sluice
