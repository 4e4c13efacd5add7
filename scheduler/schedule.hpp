#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "core/diag/expected.hpp"
#include "scheduler/problem.hpp"

namespace sluice {

/// When an operation starts.
struct Slot {
  int cycle = 0;
  int phase_ps = 0;  ///< when in that cycle its operands are there; 0 if they come from registers

  bool operator==(const Slot&) const = default;
};

/// The answer to a SchedulingProblem; refers to it by operation id.
struct Schedule {
  int ii = 1;      ///< cycles between the starts of successive iterations
  int length = 1;  ///< cycles of one iteration: the last result is there in cycle length - 1 or is written at its end
  std::vector<Slot> slots;  ///< one for each operation

  [[nodiscard]] const Slot& slot(OperationId id) const { return slots.at(id.index()); }
};

/// The specification of scheduling: every dependence (start_to + ii * distance >= start_from + latency), use of every
/// class in every slot modulo ii (with occupancy, which is at most ii) within its limit, every chain of delays within
/// the period, phases that are what the chains give, a length that covers every operation. Each message gives the
/// numbers of the inequality.
Diagnostics verify(const SchedulingProblem& problem, const Schedule& schedule);

nlohmann::json to_json(const Schedule& schedule);
Expected<Schedule> schedule_from_json(const nlohmann::json& json);

}  // namespace sluice
