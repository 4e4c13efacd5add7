#pragma once

#include <chrono>

#include "systemgen/characterize/fabric.hpp"
#include "systemgen/characterize/stage_figures.hpp"
#include "systemgen/characterize/staged_netlist.hpp"
#include "systemgen/synth/family.hpp"

namespace sluice {

/// Synthesizes the Verilog `text` of a module `unit_top` (see `wrapper`) for an FPGA family with Yosys, and estimates
/// the delay of each stage between registers from the fabric's cells and wires. All stages are measured.
Expected<std::vector<StageFigures>> measure_fpga(const std::string& text, const Family& family, const Fabric& fabric,
                                                 std::chrono::seconds timeout);

/// The longest path of each stage, in ps, registers not counted.
std::vector<double> longest_paths(const StagedNetlist& netlist, const Fabric& fabric);

/// A product's registers follow its hard multipliers, which take in the first of them: what was measured as a long
/// stage and one of wires is two of about the same length.
void share_multipliers(std::vector<StageFigures>& stages, const Fabric& fabric);

}  // namespace sluice
