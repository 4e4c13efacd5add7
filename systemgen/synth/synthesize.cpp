#include "systemgen/synth/synthesize.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "systemgen/report/stopwatch.hpp"
#include "systemgen/synth/synthesis_run.hpp"
#include "systemgen/synth/system_cells.hpp"

namespace sluice {
namespace {

/// Up to so many large units, an actor is optimised as one piece; beyond, each kind of unit is synthesized once and
/// stays a module. (Flat, 100,000 cells take minutes.)
constexpr int kUnitsInOnePiece = 32;

}  // namespace

std::string read_script(const SynthesisRun& run, const std::vector<std::string>& replaced) {
  std::vector<std::string> files;
  for (const auto& file : run.design.library) {
    if (std::find(replaced.begin(), replaced.end(), file) == replaced.end()) files.push_back(file);
  }
  std::string script;
  if (!files.empty()) script += fmt::format("read_verilog {}\n", fmt::join(files, " "));
  script += fmt::format("read_verilog {}\n", fmt::join(run.design.generated, " "));
  script += fmt::format("hierarchy -check -top {}\n", run.top);
  int most_units = 0;
  for (const auto& [module, times] : run.survey.instances) {
    if (module != run.top) script += fmt::format("setattr -mod -set keep_hierarchy 1 {}\n", module);
    most_units = std::max(most_units, run.survey.large_units.at(module));
  }
  script += fmt::format("setattr -mod -set keep_hierarchy 1 {}\n", kMemoryModules);
  if (most_units > kUnitsInOnePiece) {
    script += "setattr -mod -set keep_hierarchy 1 *sluice_fp_add* *sluice_fp_mul* *sluice_fp_div* *sluice_fp_sqrt*\n";
    script += "setattr -mod -set keep_hierarchy 1 *sluice_int_mul*\n";
  }
  return script;
}

Expected<Synthesis> synthesize(const WrittenDesign& design, const Target& target, const SynthesisOptions& options,
                               Progress& progress) {
  const Family* family = find_family(target.family());
  if (family == nullptr && target.family() != "asic") {
    return Diagnostic{target.name(), "the target does not say what it is synthesized for",
                      "add \"family\": \"asic\", \"xc7\", \"ecp5\" or \"ice40\" to its file"};
  }
  auto folder = TemporaryFolder::create();
  if (!folder) return folder.errors();
  if (auto errors = link_files(design, folder->path()); !errors.empty()) return errors;
  Stopwatch watch;
  progress.stage("looking at the design");
  const std::string top = options.top.empty() ? design.top : options.top;
  const auto found = survey(design, top, folder->path(), options.timeout);
  if (!found) return found.errors();
  const double clock_ns = options.clock_ns.value_or(design.clock_ns);
  const SynthesisRun run{design, target, options, *found, top, clock_ns * 1000, folder->path()};
  auto result = family != nullptr ? synthesize_fpga(run, *family, progress) : synthesize_asic(run, progress);
  if (!result) return result;
  result->target = target.name();
  result->area_unit = target.area_unit();
  result->clock_ns = clock_ns;
  result->memories = found->memories;
  result->seconds = watch.lap();
  return result;
}

}  // namespace sluice
