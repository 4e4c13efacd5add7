#pragma once

#include <vector>

#include "scheduler/dependence_graph.hpp"
#include "scheduler/reservation.hpp"
#include "scheduler/start_rules.hpp"

namespace sluice {

/// A partial modulo schedule: every operation as soon as dependences, chaining and what was decided so far allow. What
/// is decided is that an operation doesn't start before some cycle, and in which cycle modulo ii it uses its unit;
/// whole intervals later is still open, so decisions about operations on different circles never contradict one
/// another.
class ModuloState {
 public:
  /// At an interval at which an SdcSystem has a solution: `soonest`. An iteration shall be within `length` cycles.
  ModuloState(const SchedulingProblem& problem, const DependenceLists& lists, int ii,
              const std::vector<std::int64_t>& soonest, int length);

  [[nodiscard]] int cycle(OperationId id) const { return slots_[id.index()].cycle; }
  [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }

  /// Whether a unit is free for the operation in the cycle in which it starts now.
  [[nodiscard]] bool has_room(OperationId id) { return table_.has_room(unit_of(id), cycle(id)); }
  /// Takes it, for good: from now on the operation moves by whole intervals only.
  void take(OperationId id);
  /// Moves an operation that has no unit yet, and what follows from that, to `cycle` or later.
  void delay(OperationId id, int cycle);

  /// Whether what was decided makes an iteration too long.
  [[nodiscard]] bool too_long() const { return late_ > 0; }

  /// A point to come back to.
  [[nodiscard]] std::size_t mark() const { return trail_.size(); }
  void undo_to(std::size_t mark);
  /// Gives up all points to come back to.
  void forget() { trail_.clear(); }

 private:
  static constexpr int kFree = -1;

  struct Change {
    OperationId id;
    Slot slot;
    int not_before;
    bool takes;
  };

  [[nodiscard]] ClassId unit_of(OperationId id) const { return problem_.operations[id.index()].unit_class; }
  [[nodiscard]] Slot earliest(OperationId id) const;
  void propagate();
  void move(OperationId id, const Slot& slot);
  void wake(OperationId id);

  const SchedulingProblem& problem_;
  const DependenceLists& lists_;
  int ii_;
  StartRules rules_;
  ReservationTable table_;
  std::vector<std::uint32_t> rank_;  // places in the order of dependences
  std::vector<OperationId> by_rank_;
  std::vector<Slot> slots_;
  std::vector<int> latest_;  // cycle of each operation with which an iteration is not too long
  int late_ = 0;             // operations later than that
  std::vector<int> not_before_;
  std::vector<int> residue_;  // of the cycle modulo ii, or kFree
  std::vector<Change> trail_;
  std::vector<std::uint32_t> awake_;  // a heap of ranks, least first
  std::vector<bool> is_awake_;
};

}  // namespace sluice
