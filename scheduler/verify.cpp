#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "scheduler/schedule.hpp"

/// The specification of schedules, read off the three rules of scheduling and nothing else: no scheduler's code is
/// used.
namespace sluice {
namespace {

class Verifier {
 public:
  Verifier(const SchedulingProblem& problem, const Schedule& schedule) : problem_(problem), schedule_(schedule) {}

  Diagnostics run() {
    if (!check_form()) return std::move(diagnostics_);
    for (const auto& dependence : problem_.dependences) check_dependence(dependence);
    check_resources();
    check_delays();
    check_length();
    return std::move(diagnostics_);
  }

 private:
  void say(const std::string& where, std::string what) {
    diagnostics_.push_back({problem_.name + ", " + where, std::move(what), ""});
  }

  [[nodiscard]] const std::string& name(OperationId id) const { return problem_.operations[id.index()].name; }
  [[nodiscard]] std::int64_t start(OperationId id) const { return schedule_.slot(id).cycle; }

  /// Without these there is nothing to check the rules on.
  bool check_form() {
    if (schedule_.slots.size() != problem_.operations.size()) {
      say("schedule", fmt::format("{} slots for {} operations", schedule_.slots.size(), problem_.operations.size()));
    }
    if (schedule_.ii < 1) say("schedule", fmt::format("ii is {}, below 1", schedule_.ii));
    if (!diagnostics_.empty()) return false;
    for (const auto id : id_range<OperationId>(problem_.operations.size())) {
      if (schedule_.slot(id).cycle < 0)
        say(name(id), fmt::format("starts in cycle {}, before the iteration", start(id)));
    }
    return diagnostics_.empty();
  }

  void check_dependence(const Dependence& dependence) {
    const std::int64_t to = start(dependence.to) + std::int64_t{schedule_.ii} * dependence.distance;
    const std::int64_t from = start(dependence.from) + dependence.latency;
    if (to >= from) return;
    say(name(dependence.from) + " -> " + name(dependence.to),
        fmt::format("start {} + ii {} * distance {} < start {} + latency {}", start(dependence.to), schedule_.ii,
                    dependence.distance, start(dependence.from), dependence.latency));
  }

  /// Iterations overlap: what happens in cycle c happens in every cycle c + k * ii. An operation has the same unit in
  /// every iteration, so it must be done with it by the next.
  void check_resources() {
    std::vector<std::vector<int>> use(problem_.classes.size());
    for (const auto id : id_range<OperationId>(problem_.operations.size())) {
      auto& slots = use[problem_.operations[id.index()].unit_class.index()];
      slots.resize(static_cast<std::size_t>(schedule_.ii));
      const int occupancy = problem_.class_of(id).occupancy;
      if (occupancy > schedule_.ii) {
        say(name(id), fmt::format("takes its unit for {} cycles, ii is {}", occupancy, schedule_.ii));
      }
      for (int i = 0; i < occupancy; ++i) {
        ++slots[static_cast<std::size_t>((start(id) + i) % schedule_.ii)];
      }
    }
    for (std::size_t c = 0; c < use.size(); ++c) {
      const auto& unit = problem_.classes[c];
      if (unit.limit == 0 || use[c].empty()) continue;
      const auto most = std::max_element(use[c].begin(), use[c].end());
      if (*most <= unit.limit) continue;
      say("class " + unit.name, fmt::format("{} in use in cycle {} modulo ii {}, limit {}", *most,
                                            most - use[c].begin(), schedule_.ii, unit.limit));
    }
  }

  /// The source's result is on a wire, not in a register, when the target starts.
  [[nodiscard]] bool chains(const Dependence& dependence) const {
    const std::int64_t to = start(dependence.to) + std::int64_t{schedule_.ii} * dependence.distance;
    const auto& unit = problem_.class_of(dependence.from);
    return unit.held ? to < schedule_.ii : to == start(dependence.from) + unit.latency;
  }

  void check_delays() {
    std::vector<int> phase(problem_.operations.size(), 0);
    for (const auto& dependence : problem_.dependences) {
      if (!dependence.data || !chains(dependence)) continue;
      const auto& unit = problem_.class_of(dependence.from);
      const int arrival = unit.latency > 0 ? unit.out_ps : schedule_.slot(dependence.from).phase_ps + unit.in_ps;
      phase[dependence.to.index()] = std::max(phase[dependence.to.index()], arrival);
    }
    for (const auto id : id_range<OperationId>(problem_.operations.size())) {
      const int said = schedule_.slot(id).phase_ps;
      const auto& unit = problem_.class_of(id);
      if (said != phase[id.index()]) {
        say(name(id), fmt::format("phase {} ps, but its operands are there at {} ps", said, phase[id.index()]));
      }
      if (phase[id.index()] + unit.in_ps > problem_.period_ps) {
        say(name(id), fmt::format("operands at {} ps + delay {} ps > period {} ps", phase[id.index()], unit.in_ps,
                                  problem_.period_ps));
      }
      if (unit.out_ps > problem_.period_ps) {
        say(name(id), fmt::format("result at {} ps > period {} ps", unit.out_ps, problem_.period_ps));
      }
    }
  }

  /// A result that somebody reads must be there in the last cycle; anything else must be done by its end.
  void check_length() {
    std::vector<bool> read(problem_.operations.size(), false);
    for (const auto& dependence : problem_.dependences) {
      if (dependence.data) read[dependence.from.index()] = true;
    }
    for (const auto id : id_range<OperationId>(problem_.operations.size())) {
      const int latency = problem_.class_of(id).latency;
      const int needed = read[id.index()] ? latency + 1 : std::max(latency, 1);
      if (start(id) + needed <= schedule_.length) continue;
      say(name(id), fmt::format("start {} + {} cycles > length {}", start(id), needed, schedule_.length));
    }
  }

  const SchedulingProblem& problem_;
  const Schedule& schedule_;
  Diagnostics diagnostics_;
};

}  // namespace

Diagnostics verify(const SchedulingProblem& problem, const Schedule& schedule) {
  return Verifier(problem, schedule).run();
}

}  // namespace sluice
