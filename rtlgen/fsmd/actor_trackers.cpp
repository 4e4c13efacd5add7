#include <fmt/format.h>

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
  const auto& counters = fsmd_.nests[tracker.nest].counters;
  const auto counted = std::find(counters.begin(), counters.end(), i);
  if (counted != counters.end()) {
    steps_[tracker.nest].drive_counter(static_cast<std::size_t>(counted - counters.begin()), trackers_[i]);
    return;
  }
  const int width = trackers_[i].width();
  auto cases = tracker_cases(i);
  Expr enable = active({tracker.nest, tracker.advance});
  if (cases.size() == 2 && cases.front().increment == 0) {  // it stays, or it moves
    enable = enable & ~cases.front().condition;
    cases.erase(cases.begin());
  }
  const auto choice = [&](int bits, std::uint64_t less) {
    Expr increment = Expr::constant(bits, cases.back().increment - less);
    for (std::size_t k = cases.size() - 1; k-- > 0;)
      increment = select(cases[k].condition, Expr::constant(bits, cases[k].increment - less), increment);
    return increment;
  };
  if (tracker.ring == 0 || static_cast<std::uint64_t>(tracker.ring) == low_bits(width) + 1) {
    m_.drive(trackers_[i], trackers_[i] + choice(width, 0), enable);
    return;
  }
  // Both sums at once: the one around the ring is right unless it is negative.
  const std::string name = prefix(tracker.nest) + tracker.name;
  const Expr wide = trackers_[i].resized(width + 1);
  const Expr on = m_.add_wire(name + "_on", trackers_[i] + choice(width, 0));
  const Expr around = m_.add_wire(name + "_around", wide + choice(width + 1, static_cast<std::uint64_t>(tracker.ring)));
  m_.drive(trackers_[i], select(around.slice(width, 1), on, around.slice(0, width)), enable);
}

std::vector<ActorBuilder::TrackerCase> ActorBuilder::tracker_cases(std::size_t i) {
  const auto& tracker = fsmd_.trackers[i];
  auto& steps = steps_[tracker.nest];
  const auto& nest = fsmd_.nests[tracker.nest];
  const auto increments = register_increments(fsmd_, tracker);
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
  if (tracker.advance >= nest.ii && cases.size() > 1) encode(cases, i);
  return cases;
}

void ActorBuilder::encode(std::vector<TrackerCase>& cases, std::size_t i) {
  const auto& tracker = fsmd_.trackers[i];
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
  const Expr later =
      steps_[tracker.nest].later(fmt::format("{}_case_{}", tracker.name, i), concat(bits), tracker.advance);
  for (std::size_t k = 0; k + 1 < cases.size(); ++k) cases[k].condition = equal(later, Expr::constant(width, code(k)));
}

Expr ActorBuilder::guard_net(const Guard& guard) {
  if (guard.never) return Expr::constant(1, 0);
  std::vector<Expr> tests;
  for (const auto& test : guard.tests) tests.push_back(test_bit(test));
  const Expr value = all_of(tests);
  return value.kind() == Expr::Kind::constant ? value : m_.add_wire(guard.name, value);
}

std::optional<Expr> ActorBuilder::at_last(const Guard::Test& test) const {
  const std::size_t n = fsmd_.trackers[test.tracker].nest;
  const auto& nest = fsmd_.nests[n];
  for (std::size_t loop = 0; loop < nest.counters.size(); ++loop) {
    if (nest.counters[loop] == test.tracker && test.bound == nest.trips[loop] - 1) return steps_[n].last(loop);
  }
  return std::nullopt;
}

Expr ActorBuilder::test_bit(const Guard::Test& test) const {
  const Expr& value = trackers_[test.tracker];
  const bool is_signed = fsmd_.trackers[test.tracker].type.is_signed();
  const auto bound = [&](std::int64_t b) { return Expr::constant(value.width(), static_cast<std::uint64_t>(b)); };
  switch (test.kind) {
    case Guard::Test::Kind::equal:
      return at_last(test) ? *at_last(test) : equal(value, bound(test.bound));
    case Guard::Test::Kind::at_least:
      if (is_signed && test.bound == 0) return ~value.slice(value.width() - 1, 1);
      return is_signed ? ~less_signed(value, bound(test.bound)) : ~less(value, bound(test.bound));
    case Guard::Test::Kind::at_most:
      return is_signed ? less_signed(value, bound(test.bound + 1)) : less(value, bound(test.bound + 1));
  }
  return {};
}

}  // namespace sluice
