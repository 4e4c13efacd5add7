#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/dfg/dfg.hpp"
#include "core/dfg/unit_spec.hpp"
#include "core/target/target.hpp"
#include "scheduler/schedule.hpp"

namespace sluice {

using UnitId = Id<struct BoundUnitTag>;
using RegisterId = Id<struct BoundRegisterTag>;

/// A nest with its dependences and its schedule: what the binder starts from.
struct ScheduledNest {
  Dfg dfg;
  SchedulingProblem problem;
  Schedule schedule;
};

struct BoundUnit {
  std::string name;  ///< instance name, "fp_add_0"
  UnitSpec spec;
  UnitTiming timing;
};

struct BoundRegister {
  std::string name;
  int width = 1;  ///< bits
};

/// A stretch of cycles (counted from the start of the iteration that makes the value) during which a register holds a
/// value. It is written at the end of cycle first - 1, from the previous stretch's register or, the first stretch, from
/// where the value is made.
struct Stretch {
  RegisterId reg;
  int first = 0;
  int last = 0;
};

/// Where one nest's operations and values live.
struct NestBinding {
  std::vector<std::optional<UnitId>> units;   ///< for each Dfg node that is realized as a unit
  std::vector<bool> swapped;                  ///< for each Dfg node: its operands come in at each other's inputs
  std::vector<std::vector<Stretch>> storage;  ///< for each Dfg node: consecutive stretches; empty: used when made, only
};

/// Level 5. Units and registers belong to the kernel; its nests, which never run at the same time, share them.
struct Binding {
  std::vector<BoundUnit> units;
  std::vector<BoundRegister> registers;
  std::vector<NestBinding> nests;
};

/// Whether a node's value is there in every cycle of its nest: a constant, or a load that gives the same in all of it.
bool is_always_there(const Nest& nest, const ScheduledNest& scheduled, Dfg::NodeId node);
/// The cycle in which a node's value is there without a register: start + latency; of issuer values, any cycle up to
/// ii - 1 (this gives ii - 1); of what is always there, the last that there can be.
int ready_cycle(const Nest& nest, const ScheduledNest& scheduled, Dfg::NodeId node);
/// The last cycle, counted from the start of the iteration that makes it, in which some operation reads the value.
int last_use(const ScheduledNest& scheduled, Dfg::NodeId node);

/// Where an operation that starts in `cycle` (counted from the start of the iteration that makes the value) finds the
/// value: a register, or none if it takes it where it is made.
std::optional<RegisterId> register_at(const std::vector<Stretch>& storage, int cycle);

/// Whether an operation's two operands may be exchanged: the result is the same, bit for bit, NaN and signed zeros
/// included, and both have one type.
bool operands_commute(const Nest& nest, const Op& op);

/// Units of another spec than the operation needs, two operations or two values in one place at the same time (modulo
/// ii), operands exchanged that don't commute, values not stored for as long as they are read, registers too narrow,
/// combinational units that feed one another in a circle.
Diagnostics verify(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding);

struct BindingOptions {
  double clock_ns = 10;  ///< the period that the units were timed for
  int rounds = 6;        ///< at most so many times is everything bound again to save multiplexers
};

/// Binds a scheduled kernel with as few units and registers as are needed at once (on a circle of ii cycles a few
/// more), and few multiplexer inputs in front of them: first units, as if every operation took its operands where they
/// are made, then registers, then both in turn. Exact costs, no optimum: each step is a best assignment while all else
/// stays.
Binding bind(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Target& target,
             const BindingOptions& options);

}  // namespace sluice
