#pragma once

#include <string>
#include <vector>

#include "core/target/target.hpp"
#include "systemgen/output/design.hpp"
#include "systemgen/output/output_folder.hpp"

namespace sluice {

/// Names of the files that were written, relative to the output folder.
struct RtlFiles {
  std::vector<std::string> verilog;  ///< the top module's last
  std::vector<std::string> memories;
};

/// Writes the design's Verilog (a module a file, its products in the form of the target) and memory files to rtl/.
Expected<RtlFiles> write_rtl(const Design& design, OutputFolder& folder, const Multiplier& multiplier = {});

}  // namespace sluice
