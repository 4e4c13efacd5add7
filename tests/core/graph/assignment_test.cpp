#include "core/graph/assignment.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace sluice::test {
namespace {

struct Case {
  std::size_t left = 0;
  std::size_t right = 0;
  std::vector<AssignmentOption> options;
};

Case random_case(std::uint32_t seed) {
  std::mt19937 engine(seed);
  Case result{engine() % 6, engine() % 6, {}};
  if (result.left == 0 || result.right == 0) return result;
  for (auto n = engine() % 20; n > 0; --n) {
    result.options.push_back(
        {engine() % result.left, engine() % result.right, static_cast<std::int64_t>(engine() % 9)});
  }
  return result;
}

/// Partners and their cost; more partners are better, then less cost.
struct Value {
  int partners = 0;
  std::int64_t cost = 0;
  auto operator<=>(const Value&) const = default;
};

bool better(Value a, Value b) { return a.partners != b.partners ? a.partners > b.partners : a.cost < b.cost; }

/// The best of all assignments of the left nodes from `left` on.
Value best(const Case& problem, std::size_t left, std::set<std::size_t>& taken) {
  if (left == problem.left) return {};
  Value found = best(problem, left + 1, taken);
  for (const auto& option : problem.options) {
    if (option.left != left || !taken.insert(option.right).second) continue;
    Value value = best(problem, left + 1, taken);
    taken.erase(option.right);
    value = {value.partners + 1, value.cost + option.cost};
    if (better(value, found)) found = value;
  }
  return found;
}

}  // namespace

TEST_CASE("an assignment has as many partners as possible at least cost") {
  int partial = 0;
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const Case problem = random_case(seed);
    const auto partner = min_cost_assignment(problem.left, problem.right, problem.options);
    REQUIRE(partner.size() == problem.left);
    Value value;
    std::set<std::size_t> taken;
    for (std::size_t left = 0; left < partner.size(); ++left) {
      if (!partner[left]) continue;
      CHECK(taken.insert(*partner[left]).second);
      std::optional<std::int64_t> cost;
      for (const auto& option : problem.options) {
        if (option.left == left && option.right == *partner[left])
          cost = std::min(option.cost, cost.value_or(option.cost));
      }
      REQUIRE(cost.has_value());
      value = {value.partners + 1, value.cost + *cost};
    }
    taken.clear();
    CHECK(value == best(problem, 0, taken));
    if (value.partners < static_cast<int>(problem.left)) ++partial;
  }
  CHECK(partial > 50);
}

}  // namespace sluice::test
