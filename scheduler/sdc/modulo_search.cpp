#include "scheduler/sdc/modulo_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <tuple>

#include "core/graph/components.hpp"
#include "scheduler/bounds.hpp"
#include "scheduler/sdc/modulo_state.hpp"
#include "scheduler/start_rules.hpp"

namespace sluice {
namespace {

class ModuloSearch {
 public:
  ModuloSearch(const SchedulingProblem& problem, const DependenceLists& lists, int ii,
               const std::vector<std::int64_t>& soonest, const ModuloSearchOptions& options)
      : problem_(problem),
        lists_(lists),
        ii_(ii),
        options_(options),
        fresh_(problem, lists, ii, soonest, options.length.value_or(std::numeric_limits<int>::max())),
        urgency_(urgency_ranks(find_bounds(problem))),
        by_urgency_(urgency_.size()),
        circle_(strong_components(dependence_topology(problem, false))),
        group_(urgency_.size(), 1) {
    find_users();
  }

  Expected<Schedule> run() {
    OperationId blocked;
    for (const bool circles_first : {false, true}) {
      group_.assign(group_.size(), 1);
      if (circles_first) put_first(hard_);
      OperationId first;
      for (int restart = 0; restart <= options_.restarts; ++restart) {
        ModuloState state = fresh_;
        blocked = place_all(state);
        if (!blocked.valid()) return schedule_of(state);
        if (first == blocked) break;  // it finds none even as the first of all
        first = blocked;
        put_first(circles_first ? std::vector{blocked} : circle_of(blocked));
      }
    }
    if (auto schedule = try_all()) return std::move(*schedule);
    return Diagnostics{{operation_name(problem_, blocked),
                        fmt::format("modulo scheduling finds no cycle at ii {} in which a unit of class {} is free",
                                    ii_, problem_.class_of(blocked).name),
                        "a larger ii"}};
  }

 private:
  using Entry = std::tuple<int, int, std::uint32_t>;  // group, cycle, urgency

  /// What needs a unit, and which of that may find no place because of others.
  void find_users() {
    std::vector<std::uint32_t> size(circle_.size(), 0);
    for (const auto circle : circle_) ++size[circle];
    for (const auto id : id_range<OperationId>(circle_.size())) {
      by_urgency_[urgency_[id.index()]] = id;
      const auto& unit = problem_.class_of(id);
      if (unit.limit == 0) continue;
      users_.push_back(id);
      if (size[circle_[id.index()]] > 1 || unit.occupancy > 1 || options_.length) hard_.push_back(id);
    }
  }

  [[nodiscard]] std::vector<OperationId> circle_of(OperationId id) const {
    std::vector<OperationId> circle;
    for (const auto user : users_) {
      if (circle_[user.index()] == circle_[id.index()]) circle.push_back(user);
    }
    return circle;
  }

  void put_first(const std::vector<OperationId>& operations) {
    --front_;
    for (const auto id : operations) group_[id.index()] = front_;
  }

  [[nodiscard]] Entry entry(const ModuloState& state, OperationId id) const {
    return {group_[id.index()], state.cycle(id), urgency_[id.index()]};
  }

  /// Places what needs a unit and has none. Returns the operation that found no place, if any.
  OperationId place_all(ModuloState& state, const std::vector<bool>& placed = {}) {
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> waiting;
    for (const auto id : users_) {
      if (placed.empty() || !placed[id.index()]) waiting.push(entry(state, id));
    }
    std::vector<int> attempts(group_.size(), 0);
    while (!waiting.empty()) {
      const OperationId id = by_urgency_[std::get<2>(waiting.top())];
      const bool stale = std::get<1>(waiting.top()) != state.cycle(id);
      waiting.pop();
      if (!stale && state.has_room(id)) {
        state.take(id);
        continue;
      }
      if (!stale && ++attempts[id.index()] > 2 * ii_) return id;
      if (!stale) state.delay(id, state.cycle(id) + 1);
      if (state.too_long()) return id;
      state.forget();
      waiting.push(entry(state, id));
    }
    return {};
  }

  [[nodiscard]] Schedule schedule_of(const ModuloState& state) const {
    return {ii_, covering_length(problem_, lists_, state.slots()), state.slots()};
  }

  /// All places of hard operations, then the others; none if there are too many or none is found.
  std::optional<Schedule> try_all() {
    if (hard_.size() > static_cast<std::size_t>(options_.exhaustive_most)) return std::nullopt;
    std::vector<bool> placed(group_.size(), false);
    for (const auto id : hard_) placed[id.index()] = true;
    steps_ = 0;
    ModuloState state = fresh_;
    std::sort(hard_.begin(), hard_.end(), [&](auto a, auto b) { return entry(state, a) < entry(state, b); });
    if (!try_from(state, 0)) return std::nullopt;
    if (place_all(state, placed).valid()) return std::nullopt;
    return schedule_of(state);
  }

  /// Depth first. A schedule of any length can be moved as a whole, so the first operation has its place; the others
  /// have those of one interval.
  bool try_from(ModuloState& state, std::size_t depth) {
    if (depth == hard_.size()) return true;
    const OperationId id = hard_[depth];
    const int end = state.cycle(id) + (depth == 0 && !options_.length ? 1 : ii_);
    const std::size_t before = state.mark();
    while (!state.too_long() && state.cycle(id) < end && steps_ < options_.exhaustive_steps) {
      const std::size_t here = state.mark();
      if (state.has_room(id)) {
        ++steps_;
        state.take(id);
        if (try_from(state, depth + 1)) return true;
        state.undo_to(here);
      }
      state.delay(id, state.cycle(id) + 1);
    }
    state.undo_to(before);
    return false;
  }

  const SchedulingProblem& problem_;
  const DependenceLists& lists_;
  int ii_;
  const ModuloSearchOptions& options_;
  ModuloState fresh_;
  std::vector<std::uint32_t> urgency_;
  std::vector<OperationId> by_urgency_;
  std::vector<std::size_t> circle_;  // the component of dependences that each operation is in
  std::vector<OperationId> users_;   // of classes with a limit
  std::vector<OperationId> hard_;    // those of users_ that can block one another
  std::vector<int> group_;           // lower ones are placed first
  int front_ = 0;
  int steps_ = 0;
};

}  // namespace

Expected<Schedule> modulo_search(const SchedulingProblem& problem, const DependenceLists& lists, int ii,
                                 const std::vector<std::int64_t>& soonest, const ModuloSearchOptions& options) {
  return ModuloSearch(problem, lists, ii, soonest, options).run();
}

}  // namespace sluice
