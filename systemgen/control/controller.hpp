#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rtlgen/netlist/netlist.hpp"
#include "systemgen/analysis/gate_table.hpp"

namespace sluice {

/// A gate of a controller: what opens it, and the neighbour's pulse.
struct ControllerGate {
  GateTable table;
  Expr pulse;
};

/// Bits that hold a gate's slack, its sign in the highest: two at least.
int slack_bits(const GateTable& table);

/// Counts the firings of what fires `firings` times a frame, by `fire`; returns the number of the next in its frame.
Expr add_firing_count(Module& top, const std::string& name, std::int64_t firings, const Expr& fire,
                      std::set<std::string>& cells);

/// Instantiates the controller `name` of what fires by `fire`, with a table of as many steps as it has firings in a
/// frame; returns its level "the next firing may start". `next`: the number of that firing, where something counts
/// them; otherwise the controller gets a counter if it needs one. Without gates there is nothing to wait for.
Expr add_controller(Module& top, const std::string& name, const std::vector<ControllerGate>& gates, const Expr& fire,
                    std::set<std::string>& cells, std::optional<Expr> next = {});

}  // namespace sluice
