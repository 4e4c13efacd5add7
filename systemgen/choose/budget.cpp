#include "systemgen/choose/budget.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <set>

namespace sluice {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 2;

}  // namespace

BudgetTable::BudgetTable(const std::vector<std::vector<KernelPoint>>& fronts, std::int64_t most,
                         const BudgetOptions& options)
    : fronts_(fronts), options_(options), most_(most) {
  std::map<std::size_t, std::vector<std::size_t>> members;
  std::int64_t useful = 0;
  for (std::size_t k = 0; k < fronts.size(); ++k) {
    if (fronts[k].front().multipliers == 0) continue;
    members[options.groups.empty() ? k : options.groups[k]].push_back(k);
    least_ += fronts[k].front().multipliers;
    useful += fronts[k].back().multipliers;
  }
  most_ = std::min(most_, useful);
  std::vector<std::int64_t> before(static_cast<std::size_t>(std::max<std::int64_t>(most_, 0) + 1), 0);
  for (const auto& [group, kernels] : members) {
    groups_.push_back(group_front(kernels));
    std::vector<std::int64_t> now(before.size(), kNever);
    std::vector<std::size_t> taken(before.size(), 0);
    for (std::size_t spent = 0; spent < now.size(); ++spent) {
      for (std::size_t p = 0; p < groups_.back().size(); ++p) {
        const auto price = static_cast<std::size_t>(groups_.back()[p].multipliers);
        if (price > spent || before[spent - price] >= kNever) continue;
        const std::int64_t total = before[spent - price] + groups_.back()[p].iterations;
        if (total >= now[spent]) continue;
        now[spent] = total;
        taken[spent] = p;
      }
    }
    taken_.push_back(std::move(taken));
    before = std::move(now);
  }
}

std::vector<BudgetTable::GroupPoint> BudgetTable::group_front(const std::vector<std::size_t>& kernels) const {
  std::set<std::int64_t, std::greater<>> goals;
  for (const auto k : kernels) {
    for (const auto& point : fronts_[k]) goals.insert(std::max(point.iterations, options_.floor));
  }
  std::vector<GroupPoint> front;
  for (const auto goal : goals) {
    GroupPoint group;
    bool is_reached = true;
    for (const auto k : kernels) {
      const auto fast = std::ranges::find_if(fronts_[k], [&](const KernelPoint& p) { return p.iterations <= goal; });
      is_reached = is_reached && fast != fronts_[k].end();
      if (!is_reached) break;
      group.multipliers += fast->multipliers;
      group.iterations = std::max(group.iterations, fast->iterations);
      group.points.emplace_back(k, static_cast<std::size_t>(fast - fronts_[k].begin()));
    }
    if (is_reached && group.multipliers <= most_) front.push_back(std::move(group));
  }
  return front;
}

Choice BudgetTable::choice(std::int64_t multipliers) const {
  Choice choice(fronts_.size(), 0);
  auto left = static_cast<std::size_t>(std::min(multipliers, most_));
  for (std::size_t group = groups_.size(); group-- > 0;) {
    const GroupPoint& point = groups_[group][taken_[group][left]];
    for (const auto& [kernel, number] : point.points) choice[kernel] = number;
    left -= static_cast<std::size_t>(point.multipliers);
  }
  add_lanes(choice);
  return choice;
}

std::int64_t BudgetTable::iterations(const Choice& choice) const {
  std::map<std::size_t, std::int64_t> slowest;  // by group
  for (std::size_t k = 0; k < fronts_.size(); ++k) {
    auto& most = slowest.try_emplace(options_.groups.empty() ? k : options_.groups[k], options_.floor).first->second;
    most = std::max(most, fronts_[k][choice[k]].iterations);
  }
  std::int64_t sum = 0;
  for (const auto& [group, most] : slowest) sum += most;
  return sum;
}

void BudgetTable::add_lanes(Choice& choice) const {
  std::int64_t slowest = 0;
  for (std::size_t k = 0; k < fronts_.size(); ++k) {
    if (fronts_[k].front().multipliers > 0) slowest = std::max(slowest, fronts_[k][choice[k]].iterations);
  }
  slowest = std::max(slowest, options_.floor);
  if (slowest == 0) return;
  for (std::size_t k = 0; k < fronts_.size(); ++k) {
    if (fronts_[k].front().multipliers > 0) continue;
    const auto fast = std::ranges::find_if(
        fronts_[k], [&](const KernelPoint& point) { return point.iterations * options_.part_of_slowest <= slowest; });
    choice[k] = static_cast<std::size_t>((fast == fronts_[k].end() ? fast - 1 : fast) - fronts_[k].begin());
  }
}

std::int64_t multipliers_of(const std::vector<std::vector<KernelPoint>>& fronts, const Choice& choice) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < fronts.size(); ++k) sum += fronts[k][choice[k]].multipliers;
  return sum;
}

std::int64_t lanes_of(const std::vector<std::vector<KernelPoint>>& fronts, const Choice& choice) {
  std::int64_t most = 1;
  for (std::size_t k = 0; k < fronts.size(); ++k) most = std::max(most, fronts[k][choice[k]].lanes);
  return most;
}

}  // namespace sluice
