#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"
#include "core/graph/digraph.hpp"

namespace sluice {

using ClassId = Id<struct UnitClassTag>;
using OperationId = Id<struct OperationTag>;

/// A kind of unit, as a scheduler sees it.
struct UnitClass {
  std::string name;
  int latency = 0;    ///< cycles from operands to result; 0: combinational
  int occupancy = 1;  ///< cycles that a unit is taken by one operation
  int limit = 0;      ///< units that there are; 0: as many as wanted
  int in_ps = 0;      ///< operands to the first register; the whole delay when latency is 0
  int out_ps = 0;     ///< last register to result; 0 when latency is 0
  /// Of latency 0: the result stays on the output through cycle ii - 1 of its iteration, whatever cycle it is asked for
  /// in, so everything that reads it until then chains. What a nest's counters give is of this kind.
  bool held = false;
};

struct Operation {
  std::string name;
  ClassId unit_class;
  int width = 0;  ///< bits of the result that a register must keep until its last use; 0: none
};

/// `to` starts, in iteration i + distance, at least `latency` cycles after `from` does in iteration i. A dependence
/// that carries data has its source's latency, and if it ends in the very cycle in which the data is ready, it chains.
struct Dependence {
  OperationId from;
  OperationId to;
  int latency = 0;
  int distance = 0;
  bool data = true;
};

/// Level 4: what a scheduler is asked. Operations, classes and dependences are numbered in order.
struct SchedulingProblem {
  std::string name;
  int period_ps = 0;  ///< what a chain of delays may take: the clock period less the register overhead
  std::vector<UnitClass> classes;
  std::vector<Operation> operations;
  std::vector<Dependence> dependences;

  [[nodiscard]] const UnitClass& class_of(OperationId id) const {
    return classes.at(operations.at(id.index()).unit_class.index());
  }
};

/// "conv1, nest 0, acc_7": for diagnostics.
std::string operation_name(const SchedulingProblem& problem, OperationId id);

/// Ids that point nowhere, negative numbers, a period or occupancy below 1, a data dependence whose latency is not its
/// source's, a held class with a latency or operands, a cycle of dependences without distance.
Diagnostics verify(const SchedulingProblem& problem);

nlohmann::json to_json(const SchedulingProblem& problem);
/// Errors name the key that is missing or of the wrong kind.
Expected<SchedulingProblem> problem_from_json(const nlohmann::json& json);

}  // namespace sluice
