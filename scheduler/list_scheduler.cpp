#include "scheduler/list_scheduler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <queue>

#include "scheduler/bounds.hpp"
#include "scheduler/interval.hpp"
#include "scheduler/interval_search.hpp"
#include "scheduler/reservation.hpp"
#include "scheduler/start_rules.hpp"

namespace sluice {
namespace {

/// One run. Operations wait in `future_` until the cycle in which their operands are ready, are tried in `now_`, most
/// urgent first, and go to the backlog of their class if it has no unit free.
class ListScheduler {
 public:
  ListScheduler(const SchedulingProblem& problem, int ii)
      : problem_(problem),
        ii_(ii),
        lists_(problem),
        rules_(problem, lists_, ii),
        table_(problem, ii),
        rank_(urgency_ranks(find_bounds(problem))),
        by_rank_(rank_.size()),
        waits_for_(rank_.size(), 0),
        slots_(rank_.size(), Slot{StartRules::kUnplaced, 0}),
        backlog_(problem.classes.size()) {
    for (const auto id : id_range<OperationId>(rank_.size())) by_rank_[rank_[id.index()]] = id;
    for (const auto& dependence : problem.dependences) {
      if (dependence.distance == 0) ++waits_for_[dependence.to.index()];
    }
  }

  Expected<std::vector<Slot>> run() {
    for (const auto id : id_range<OperationId>(rank_.size())) {
      if (waits_for_[id.index()] == 0) release(id);
    }
    for (; placed_ < slots_.size(); ++cycle_) {
      if (backlogged_ == 0 && now_.empty() && !future_.empty()) cycle_ = std::max(cycle_, future_.top().first);
      while (!future_.empty() && future_.top().first <= cycle_) {
        now_.push(future_.top().second);
        future_.pop();
        progress_ = cycle_;
      }
      for (const auto unit : id_range<ClassId>(backlog_.size())) recall(unit);
      while (!now_.empty()) {
        const OperationId id = by_rank_[now_.top()];
        now_.pop();
        if (auto failure = attempt(id); !failure.empty()) return failure;
      }
      if (auto failure = check_progress(); !failure.empty()) return failure;
    }
    return std::move(slots_);
  }

  [[nodiscard]] Schedule finish(std::vector<Slot> slots) const {
    Schedule schedule{ii_, covering_length(problem_, lists_, slots), std::move(slots)};
    if (ii_ == 0) {
      schedule.ii = interval_for(problem_, schedule.slots, schedule.length);
      schedule.length = schedule.ii;
    }
    return schedule;
  }

 private:
  using Rank = std::uint32_t;
  template <typename T>
  using LeastFirst = std::priority_queue<T, std::vector<T>, std::greater<>>;

  [[nodiscard]] ClassId class_id(OperationId id) const { return problem_.operations[id.index()].unit_class; }

  /// All predecessors are placed: it can start as soon as their results are there.
  void release(OperationId id) {
    const int cycle = rules_.earliest(id, slots_, cycle_).cycle;
    if (cycle == cycle_) {
      now_.push(rank_[id.index()]);
    } else {
      future_.push({cycle, rank_[id.index()]});
    }
  }

  /// The most urgent of those that wait for a unit, if there is one again. One is enough: once placed, it recalls the
  /// next.
  void recall(ClassId unit) {
    auto& waiting = backlog_[unit.index()];
    if (waiting.empty() || !table_.has_room(unit, cycle_)) return;
    now_.push(waiting.top());
    waiting.pop();
    --backlogged_;
  }

  /// Places the operation in this cycle or puts it where it waits. Returns why neither would help.
  Diagnostics attempt(OperationId id) {
    // Since it was released, an operation that it depends on from an earlier iteration may have got its slot.
    const Slot slot = rules_.earliest(id, slots_, cycle_);
    if (slot.cycle > cycle_) {
      future_.push({slot.cycle, rank_[id.index()]});
    } else if (!table_.has_room(class_id(id), cycle_)) {
      backlog_[class_id(id).index()].push(rank_[id.index()]);
      ++backlogged_;
    } else if (const Dependence* late = too_late_for(id, slot)) {
      return no_place(id, late);
    } else {
      place(id, slot);
    }
    return {};
  }

  void place(OperationId id, Slot slot) {
    slots_[id.index()] = slot;
    ++placed_;
    progress_ = cycle_;
    table_.take(class_id(id), slot.cycle);
    for (const auto i : lists_.out[id.index()]) {
      const auto& dependence = problem_.dependences[i];
      if (dependence.distance == 0 && --waits_for_[dependence.to.index()] == 0) release(dependence.to);
    }
    recall(class_id(id));
  }

  /// A dependence on which a later iteration's operation, placed already, would not get its due. If the two would
  /// chain, the phase of that one was fixed without this.
  [[nodiscard]] const Dependence* too_late_for(OperationId id, Slot slot) const {
    if (ii_ == 0) return nullptr;  // the interval is chosen afterwards
    const auto& unit = problem_.class_of(id);
    const int arrival = unit.latency > 0 ? unit.out_ps : slot.phase_ps + unit.in_ps;
    for (const auto i : lists_.out[id.index()]) {
      const auto& dependence = problem_.dependences[i];
      const Slot& to = dependence.to == id ? slot : slots_[dependence.to.index()];
      if (dependence.distance == 0 || to.cycle == StartRules::kUnplaced) continue;
      const std::int64_t left = to.cycle + std::int64_t{ii_} * dependence.distance - slot.cycle - dependence.latency;
      const bool chains = dependence.data && !unit.held && left == 0;
      if (left < 0 || (chains && arrival > to.phase_ps)) return &dependence;
    }
    return nullptr;
  }

  [[nodiscard]] Diagnostics no_place(OperationId id, const Dependence* late) const {
    return {{operation_name(problem_, id),
             fmt::format("list scheduling has no place for it before {} of {} iterations later at ii {}",
                         problem_.operations[late->to.index()].name, late->distance, ii_),
             "a larger ii"}};
  }

  /// With ii, free slots can be too scattered for an occupancy above 1: all of them have been seen after ii cycles.
  [[nodiscard]] Diagnostics check_progress() const {
    if (ii_ == 0 || backlogged_ == 0 || !future_.empty() || cycle_ - progress_ <= ii_) return {};
    Diagnostics diagnostics;
    for (std::size_t c = 0; c < backlog_.size(); ++c) {
      if (backlog_[c].empty()) continue;
      diagnostics.push_back({problem_.name + ", class " + problem_.classes[c].name,
                             fmt::format("list scheduling finds no unit free in any of ii {} cycles", ii_),
                             "a larger ii"});
    }
    return diagnostics;
  }

  const SchedulingProblem& problem_;
  int ii_;
  DependenceLists lists_;
  StartRules rules_;
  ReservationTable table_;
  std::vector<Rank> rank_;
  std::vector<OperationId> by_rank_;
  std::vector<int> waits_for_;  // predecessors without distance that are not placed
  std::vector<Slot> slots_;
  std::vector<LeastFirst<Rank>> backlog_;  // by class
  LeastFirst<std::pair<int, Rank>> future_;
  LeastFirst<Rank> now_;
  int cycle_ = 0;
  int progress_ = 0;  // the last cycle in which something was placed or became ready
  std::size_t placed_ = 0;
  std::size_t backlogged_ = 0;
};

}  // namespace

Expected<Schedule> list_schedule(const SchedulingProblem& problem, const ListOptions& options) {
  auto obstacles = too_slow_for_period(problem);
  if (options.ii && *options.ii < 1)
    obstacles.push_back({problem.name, fmt::format("ii {} is below 1", *options.ii), ""});
  if (obstacles.empty() && options.ii) obstacles = check_interval(problem, *options.ii);
  if (!obstacles.empty()) return obstacles;
  ListScheduler scheduler(problem, options.ii.value_or(0));
  auto slots = scheduler.run();
  if (!slots) return slots.errors();
  return scheduler.finish(std::move(slots).value());
}

Expected<Schedule> pipelined_list_schedule(const SchedulingProblem& problem) {
  const auto apart = [&] { return list_schedule(problem, {}); };
  return search_interval(problem, apart, [&](int ii) -> std::optional<Schedule> {
    auto schedule = list_schedule(problem, {.ii = ii});
    if (!schedule) return std::nullopt;
    return std::move(schedule).value();
  });
}

}  // namespace sluice
