#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Simulation of the hand-written Verilog of systemgen/control.
namespace sluice::test {

/// Runs a test bench with all cells and sluice_ram under Icarus; `body` is the inside of its module. It has `clk`,
/// `rst` (1 in the first cycles), `cycle`, which counts from 0 after the reset, and `random`, 64 bits that change every
/// cycle. It ends after `cycles`. Returns what it printed.
std::string run_cell_bench(const std::string& body, int cycles);

/// A value of each of `names` in every cycle of one part of a bench, as bench_trace prints them.
struct CellTrace {
  std::vector<std::vector<std::int64_t>> cycles;  ///< by cycle, then by name

  /// That of the `part`th part in the output of a bench. An unknown bit is a failed check.
  static std::vector<CellTrace> parse(const std::string& output, std::size_t parts, std::size_t names);
};

/// Verilog that prints expressions in each cycle after the reset, as the trace of a part.
std::string bench_trace(std::size_t part, const std::vector<std::string>& expressions);

}  // namespace sluice::test
