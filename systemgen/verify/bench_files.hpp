#pragma once

#include <span>
#include <string>
#include <vector>

#include "rtlgen/bench/bench.hpp"
#include "systemgen/network/execute.hpp"
#include "systemgen/output/design.hpp"
#include "systemgen/output/output_folder.hpp"

namespace sluice {

/// The test bench of a design, in the output folder's sim/. Vector files are named after the ports and, of probes,
/// after the channels. `probes`: it watches what every actor writes, and is in probe/ instead.
BenchSpec bench_spec(const Design& design, int frames, bool probes);

/// Writes a test bench and the vectors that it needs: what passes through each channel in each frame, by the
/// interpreter. Returns its Verilog files, relative to the output folder.
Expected<std::vector<std::string>> write_bench(const Design& design, const BenchSpec& spec,
                                               std::span<const ChannelContents> frames, OutputFolder& folder);

/// A makefile that runs the test bench by hand: sim/Makefile.
Diagnostics write_makefile(OutputFolder& folder);

}  // namespace sluice
