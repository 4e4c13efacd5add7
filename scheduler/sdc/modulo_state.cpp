#include "scheduler/sdc/modulo_state.hpp"

#include <algorithm>
#include <functional>

namespace sluice {

ModuloState::ModuloState(const SchedulingProblem& problem, const DependenceLists& lists, int ii,
                         const std::vector<std::int64_t>& soonest, int length)
    : problem_(problem),
      lists_(lists),
      ii_(ii),
      rules_(problem, lists, ii),
      table_(problem, ii),
      rank_(soonest.size()),
      by_rank_(operations_in_order(problem)),
      not_before_(soonest.size(), 0),
      residue_(soonest.size(), kFree),
      is_awake_(soonest.size(), false) {
  for (std::uint32_t i = 0; i < by_rank_.size(); ++i) rank_[by_rank_[i].index()] = i;
  slots_.resize(soonest.size());
  for (const auto id : id_range<OperationId>(soonest.size())) {
    latest_.push_back(length - cycles_needed(problem, lists, id));
    move(id, {static_cast<int>(soonest[id.index()]), 0});
  }
  for (const auto id : by_rank_) wake(id);
  propagate();
  trail_.clear();
}

void ModuloState::take(OperationId id) {
  trail_.push_back({id, slots_[id.index()], not_before_[id.index()], true});
  residue_[id.index()] = cycle(id) % ii_;
  table_.take(unit_of(id), cycle(id));
}

void ModuloState::delay(OperationId id, int cycle) {
  trail_.push_back({id, slots_[id.index()], not_before_[id.index()], false});
  not_before_[id.index()] = cycle;
  wake(id);
  propagate();
}

void ModuloState::undo_to(std::size_t mark) {
  for (; trail_.size() > mark; trail_.pop_back()) {
    const Change& change = trail_.back();
    move(change.id, change.slot);
    not_before_[change.id.index()] = change.not_before;
    if (!change.takes) continue;
    residue_[change.id.index()] = kFree;
    table_.release(unit_of(change.id), change.slot.cycle);
  }
}

Slot ModuloState::earliest(OperationId id) const {
  const Slot slot = rules_.earliest(id, slots_, std::max(not_before_[id.index()], cycle(id)));
  const int residue = residue_[id.index()];
  if (residue == kFree || slot.cycle % ii_ == residue) return slot;
  return rules_.earliest(id, slots_, slot.cycle + (residue - slot.cycle % ii_ + ii_) % ii_);
}

/// Operations only move to later cycles; it ends because all of them, moved by ii, would satisfy the rules again.
void ModuloState::propagate() {
  while (!awake_.empty()) {
    std::pop_heap(awake_.begin(), awake_.end(), std::greater<>());
    const OperationId id = by_rank_[awake_.back()];
    awake_.pop_back();
    is_awake_[id.index()] = false;
    const Slot slot = earliest(id);
    if (slot == slots_[id.index()]) continue;
    trail_.push_back({id, slots_[id.index()], not_before_[id.index()], false});
    move(id, slot);
    for (const auto i : lists_.out[id.index()]) wake(problem_.dependences[i].to);
  }
}

void ModuloState::move(OperationId id, const Slot& slot) {
  const int latest = latest_[id.index()];
  late_ += static_cast<int>(slot.cycle > latest) - static_cast<int>(cycle(id) > latest);
  slots_[id.index()] = slot;
}

void ModuloState::wake(OperationId id) {
  if (is_awake_[id.index()]) return;
  is_awake_[id.index()] = true;
  awake_.push_back(rank_[id.index()]);
  std::push_heap(awake_.begin(), awake_.end(), std::greater<>());
}

}  // namespace sluice
