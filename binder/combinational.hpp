#pragma once

#include <optional>
#include <vector>

#include "binder/binding.hpp"

namespace sluice {

/// A part of the datapath that data runs through within a cycle: a unit without registers, or an operation's own gates.
struct CombinationalPart {
  std::optional<UnitId> unit;
  std::size_t nest = 0;  ///< of gates
  Dfg::NodeId node;      ///< of gates
};

/// Parts that feed one another in a circle, if there are any. No iteration uses all of these wires in one cycle, but
/// simulators, synthesis and timing analysis see a loop.
std::vector<CombinationalPart> find_combinational_cycle(const Kernel& kernel, const std::vector<ScheduledNest>& nests,
                                                        const Binding& binding);

/// Gives operations units of their own until no such circle is left. Operations of one iteration never form one, so
/// that succeeds. Returns how many units were added.
int break_combinational_cycles(const Kernel& kernel, const std::vector<ScheduledNest>& nests, Binding& binding);

}  // namespace sluice
