#pragma once

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

/// Instantiates the controller `name` of what fires by `fire`, with a table of as many steps as it has firings in a
/// frame; returns its level "the next firing may start". Without gates there is nothing to wait for.
Expr add_controller(Module& top, const std::string& name, const std::vector<ControllerGate>& gates, const Expr& fire,
                    std::set<std::string>& cells);

}  // namespace sluice
