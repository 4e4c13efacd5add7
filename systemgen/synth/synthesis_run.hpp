#pragma once

#include "systemgen/output/temporary_folder.hpp"
#include "systemgen/synth/synthesize.hpp"

namespace sluice {

/// What the parts of a synthesis share: everything is read, nothing here changes on the way.
struct SynthesisRun {
  const WrittenDesign& design;
  const Target& target;
  const SynthesisOptions& options;
  const Survey& survey;
  std::string top;
  double period_ps = 0;
  std::filesystem::path place;  ///< folder with the design's files, where the tools run
};

/// The script's lines that read the design and say which modules keep their borders. Files of the library that are in
/// `replaced` are not read.
std::string read_script(const SynthesisRun& run, const std::vector<std::string>& replaced);

/// Synthesizes for an FPGA family: cells of the modules.
Expected<Synthesis> synthesize_fpga(const SynthesisRun& run, const Family& family, Progress& progress);

/// Synthesizes for a library of standard cells: cells, area and timing.
Expected<Synthesis> synthesize_asic(const SynthesisRun& run, Progress& progress);

}  // namespace sluice
