#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/target/target.hpp"
#include "systemgen/report/progress.hpp"
#include "systemgen/synth/family.hpp"
#include "systemgen/synth/survey.hpp"
#include "systemgen/synth/written_design.hpp"

namespace sluice {

/// What is to be synthesized, and for what.
struct SynthesisOptions {
  std::filesystem::path liberty;           ///< of an ASIC target; empty: $SLUICE_LIBERTY
  std::optional<double> clock_ns;          ///< default: the period that the design was made for
  std::string top;                         ///< default: the design's
  std::chrono::seconds timeout{4 * 3600};  ///< for each run of a tool
};

/// A module with all that is below it.
struct ModuleCells {
  std::string name;
  int instances = 1;  ///< in the design
  std::int64_t cells = 0;
  double area = 0;                       ///< in the target's unit
  std::optional<FpgaCells> fpga;         ///< of an FPGA
  std::optional<double> worst_slack_ps;  ///< of the paths that end in it
};

/// What synthesis says of a design.
struct Synthesis {
  std::string target;
  std::string area_unit;
  double clock_ns = 0;
  ModuleCells total;                  ///< the top module
  std::vector<ModuleCells> modules;   ///< the actors
  std::optional<ModuleCells> system;  ///< of a whole design: controllers, ports of streams and what joins them
  std::string path_start;             ///< of the worst path
  std::string path_end;
  std::map<MemoryShape, int> memories;  ///< all, small ones too
  std::int64_t macro_bits = 0;          ///< in memories that are no logic: apart from `area`
  double seconds = 0;
};

/// Synthesizes a written design with Yosys, and times it with OpenSTA where the target is an ASIC library. The design's
/// modules keep their borders: what is below an actor is flattened into it, unless it has very many units.
/// Errors: a tool or a file is missing, the target is not for synthesis, or a tool finds something wrong.
Expected<Synthesis> synthesize(const WrittenDesign& design, const Target& target, const SynthesisOptions& options,
                               Progress& progress);

}  // namespace sluice
