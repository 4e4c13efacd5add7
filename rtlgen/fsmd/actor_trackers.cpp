#include <algorithm>
#include <bit>

#include "rtlgen/fsmd/actor_builder.hpp"
#include "rtlgen/fsmd/control.hpp"

namespace sluice {

void ActorBuilder::drive_trackers() {
  for (std::size_t i = 0; i < fsmd_.trackers.size(); ++i) {
    if (trackers_[i].kind() != Expr::Kind::constant) drive_tracker(i);
  }
}

void ActorBuilder::drive_tracker(std::size_t i) {
  const auto& tracker = fsmd_.trackers[i];
  auto& steps = steps_[tracker.nest];
  const auto& nest = fsmd_.nests[tracker.nest];
  const Expr now = active({tracker.nest, tracker.advance});
  for (std::size_t loop = 0; loop < nest.counters.size(); ++loop) {
    if (nest.counters[loop] != i) continue;
    const Expr inner = steps.all_last(loop + 1, tracker.advance);
    const Expr next = select(steps.last(loop), Expr::constant(trackers_[i].width(), 0), plus(trackers_[i], 1));
    m_.drive(trackers_[i], next, inner.is_constant(1) ? now : now & inner);
    return;
  }
  const auto cases = tracker_cases(i);
  Expr next = plus(trackers_[i], cases.back().increment);
  for (std::size_t k = cases.size() - 1; k-- > 0;)
    next = select(cases[k].condition, plus(trackers_[i], cases[k].increment), next);
  m_.drive(trackers_[i], next, now);
}

std::vector<ActorBuilder::TrackerCase> ActorBuilder::tracker_cases(std::size_t i) {
  const auto& tracker = fsmd_.trackers[i];
  auto& steps = steps_[tracker.nest];
  const auto& nest = fsmd_.nests[tracker.nest];
  const auto increments = tracker_increments(fsmd_, tracker);
  std::vector<std::pair<std::uint64_t, std::vector<Expr>>> loops;  // that step by the same increment
  const auto add = [&](std::int64_t increment, const Expr& condition) {
    const std::uint64_t bits = static_cast<std::uint64_t>(increment) & low_bits(trackers_[i].width());
    const auto found = std::find_if(loops.begin(), loops.end(), [&](const auto& each) { return each.first == bits; });
    if (found != loops.end()) {
      found->second.push_back(condition);
    } else {
      loops.push_back({bits, {condition}});
    }
  };
  for (std::size_t loop = nest.trips.size(); loop-- > 0;) {
    if (nest.trips[loop] > 1) add(increments[loop], steps.step(loop));
  }
  add(increments.back(), steps.all_last(0, 0));
  std::vector<TrackerCase> cases;
  for (const auto& [increment, conditions] : loops) cases.push_back({any_of(conditions), increment});
  if (tracker.advance >= nest.ii && cases.size() > 1) encode(cases, tracker);
  return cases;
}

void ActorBuilder::encode(std::vector<TrackerCase>& cases, const Tracker& tracker) {
  const int width = static_cast<int>(std::bit_width(cases.size() - 1));
  const auto code = [&](std::size_t k) { return static_cast<std::uint64_t>(k + 1 == cases.size() ? 0 : k + 1); };
  std::vector<Expr> bits;
  for (int bit = width; bit-- > 0;) {
    std::vector<Expr> conditions;
    for (std::size_t k = 0; k + 1 < cases.size(); ++k) {
      if ((code(k) >> bit & 1) != 0) conditions.push_back(cases[k].condition);
    }
    bits.push_back(any_of(conditions));
  }
  const Expr later = steps_[tracker.nest].later(tracker.name + "_case", concat(bits), tracker.advance);
  for (std::size_t k = 0; k + 1 < cases.size(); ++k) cases[k].condition = equal(later, Expr::constant(width, code(k)));
}

Expr ActorBuilder::plus(const Expr& value, std::uint64_t increment) {
  return increment == 0 ? value : value + Expr::constant(value.width(), increment);
}

Expr ActorBuilder::guard_net(const Guard& guard) {
  if (guard.never) return Expr::constant(1, 0);
  std::vector<Expr> tests;
  for (const auto& test : guard.tests) tests.push_back(test_bit(test));
  const Expr value = all_of(tests);
  return value.kind() == Expr::Kind::constant ? value : m_.add_wire(guard.name, value);
}

Expr ActorBuilder::test_bit(const Guard::Test& test) const {
  const Expr& value = trackers_[test.tracker];
  const bool is_signed = fsmd_.trackers[test.tracker].type.is_signed();
  const auto bound = [&](std::int64_t b) { return Expr::constant(value.width(), static_cast<std::uint64_t>(b)); };
  switch (test.kind) {
    case Guard::Test::Kind::equal:
      return equal(value, bound(test.bound));
    case Guard::Test::Kind::at_least:
      if (is_signed && test.bound == 0) return ~value.slice(value.width() - 1, 1);
      return is_signed ? ~less_signed(value, bound(test.bound)) : ~less(value, bound(test.bound));
    case Guard::Test::Kind::at_most:
      return is_signed ? less_signed(value, bound(test.bound + 1)) : less(value, bound(test.bound + 1));
  }
  return {};
}

}  // namespace sluice
