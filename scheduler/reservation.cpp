#include "scheduler/reservation.hpp"

namespace sluice {

int& ReservationTable::use_at(ClassId id, int cycle) {
  auto& slots = use_[id.index()];
  const auto slot = static_cast<std::size_t>(ii_ == 0 ? cycle : cycle % ii_);
  if (slot >= slots.size()) slots.resize(ii_ == 0 ? 2 * slot + 1 : static_cast<std::size_t>(ii_), 0);
  return slots[slot];
}

bool ReservationTable::has_room(ClassId id, int cycle) {
  const auto& unit = problem_.classes[id.index()];
  if (unit.limit == 0) return true;
  // An occupancy above ii meets itself: it is counted in as it goes.
  bool room = true;
  for (int i = 0; i < unit.occupancy; ++i) room = ++use_at(id, cycle + i) <= unit.limit && room;
  for (int i = 0; i < unit.occupancy; ++i) --use_at(id, cycle + i);
  return room;
}

void ReservationTable::take(ClassId id, int cycle) {
  const auto& unit = problem_.classes[id.index()];
  if (unit.limit == 0) return;
  for (int i = 0; i < unit.occupancy; ++i) ++use_at(id, cycle + i);
}

void ReservationTable::release(ClassId id, int cycle) {
  const auto& unit = problem_.classes[id.index()];
  if (unit.limit == 0) return;
  for (int i = 0; i < unit.occupancy; ++i) --use_at(id, cycle + i);
}

}  // namespace sluice
