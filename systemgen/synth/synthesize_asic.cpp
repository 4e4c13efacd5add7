#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "systemgen/synth/liberty.hpp"
#include "systemgen/synth/mapping.hpp"
#include "systemgen/synth/memory_macro.hpp"
#include "systemgen/synth/synthesis_run.hpp"
#include "systemgen/synth/system_cells.hpp"
#include "systemgen/synth/timing.hpp"
#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostEndpoints = 1'000'000;

Expected<fs::path> liberty_path(const SynthesisOptions& options) {
  if (!options.liberty.empty()) return fs::absolute(options.liberty);
  if (const char* path = std::getenv("SLUICE_LIBERTY")) return fs::absolute(path);
  return Diagnostic{"synthesis", "an ASIC target needs the Liberty file of its cells",
                    "give it with --liberty FILE or in the environment variable SLUICE_LIBERTY"};
}

std::vector<MemoryShape> macros(const Survey& survey) {
  std::vector<MemoryShape> shapes;
  for (const auto& [shape, times] : survey.memories) {
    if (is_macro(shape)) shapes.push_back(shape);
  }
  return shapes;
}

/// A module of the library under the name that a wrapper knows it by.
Expected<std::string> renamed(const fs::path& file, const std::string& module) {
  auto text = read_text(file);
  if (!text) return text;
  const std::string head = "module " + module + " ";
  const auto at = text->find(head);
  if (at == std::string::npos) return Diagnostic{file.string(), fmt::format("has no module {}", module), ""};
  text->replace(at, head.size(), "module " + module + "_logic ");
  return text;
}

/// memories.v, in the place of sluice_ram.v and sluice_rom.v, and memories.lib. Gives the files that were replaced.
Expected<std::vector<std::string>> write_memories(const SynthesisRun& run, const std::vector<MemoryShape>& shapes) {
  std::vector<std::string> replaced;
  std::string modules = macro_modules(shapes);
  for (const bool writable : {false, true}) {
    const std::string name = writable ? "sluice_ram" : "sluice_rom";
    const auto& library = run.design.library;
    if (std::find(library.begin(), library.end(), name + ".v") == library.end()) continue;
    const auto logic = renamed(run.place / (name + ".v"), name);
    if (!logic) return logic.errors();
    modules += *logic + macro_wrapper(shapes, writable);
    replaced.push_back(name + ".v");
  }
  Diagnostics errors = write_text(run.place / "memories.v", modules);
  append(errors, write_text(run.place / "memories.lib", macro_liberty(shapes, run.target)));
  if (!errors.empty()) return errors;
  return replaced;
}

Diagnostics write_scripts(const SynthesisRun& run, const std::vector<std::string>& replaced, const Liberty& liberty) {
  const MappingJob mapping{"cells.lib", run.period_ps - run.target.register_ps()};
  const std::string script = fmt::format(
      "read_verilog memories.v\n{}synth -flatten -top {}\n{}tee -q -o cells.json stat -json\n"
      "write_verilog -noattr -noexpr -nohex -nodec netlist.v\n",
      read_script(run, replaced), run.top, mapping_script(mapping));
  Diagnostics errors = write_text(run.place / "synth.ys", script);
  append(errors, write_text(run.place / "abc.script", abc_script()));
  append(errors, write_text(run.place / "abc.constr", abc_constraints(liberty)));
  return errors;
}

/// What comes from a memory outside the design's top comes late; all else from registers on both sides.
TimingJob timing_job(const SynthesisRun& run, const Liberty& liberty) {
  TimingJob job;
  job.liberty_files = {"cells.lib", "memories.lib"};
  job.netlist = "netlist.v";
  job.top = run.top;
  job.clock = run.survey.clock_of.at(run.top);
  job.period_ps = run.period_ps;
  job.input_delay_ps = run.target.register_ps();
  job.output_delay_ps =
      std::max(run.target.register_ps(), run.top == run.design.top ? 0 : run.target.memory_setup_ps());
  job.input_delays_ps = {{"*_rdata_i*", run.target.memory_read_ps()}};
  if (const auto* buffer = liberty.typical_buffer()) job.driver = buffer->name;
  job.output_load_ff = typical_load_ff(liberty);
  job.paths = kMostEndpoints;
  return job;
}

ModuleCells describe(const std::string& name, const CellCounts& cells, const Liberty& liberty) {
  ModuleCells module;
  module.name = name;
  for (const auto& [type, times] : cells) {
    module.cells += times;
    if (const auto* cell = liberty.find(type)) module.area += cell->area * static_cast<double>(times);
  }
  return module;
}

/// Instances in the top module are called u_<module>.
std::optional<double> worst_below(const TimingResult& timing, const std::string& module) {
  const std::string prefix = fmt::format("u_{}/", module);
  for (const auto& endpoint : timing.endpoints) {
    if (endpoint.endpoint.starts_with(prefix)) return endpoint.slack_ps;
  }
  return std::nullopt;
}

/// Of the paths that end neither in a generated module nor in a memory between them.
std::optional<double> worst_outside(const TimingResult& timing, const Survey& survey) {
  for (const auto& endpoint : timing.endpoints) {
    const std::string instance = endpoint.endpoint.substr(0, endpoint.endpoint.find('/'));
    const bool is_module = instance.starts_with("u_") && survey.instances.contains(instance.substr(2));
    if (!is_module && !survey.top_memories.contains(instance)) return endpoint.slack_ps;
  }
  return std::nullopt;
}

Synthesis describe(const SynthesisRun& run, const std::map<std::string, ModuleCounts>& counts, const Liberty& liberty,
                   const TimingResult& timing) {
  Synthesis synthesis;
  synthesis.total = describe(run.top, counts.at(run.top).total, liberty);
  if (run.top == run.design.top) {
    synthesis.system = describe("controllers and streams", system_cells(counts, run.top, run.survey), liberty);
    synthesis.system->worst_slack_ps = worst_outside(timing, run.survey);
  }
  if (!timing.endpoints.empty()) synthesis.total.worst_slack_ps = timing.worst_slack_ps();
  synthesis.path_start = timing.start;
  synthesis.path_end = timing.end;
  for (const auto& [name, times] : run.survey.instances) {
    if (name == run.top) continue;
    ModuleCells module = describe(name, counts.at(name).total, liberty);
    module.instances = times;
    module.worst_slack_ps = worst_below(timing, name);
    synthesis.modules.push_back(std::move(module));
  }
  for (const auto& shape : macros(run.survey)) synthesis.macro_bits += shape.bits() * run.survey.memories.at(shape);
  return synthesis;
}

}  // namespace

Expected<Synthesis> synthesize_asic(const SynthesisRun& run, Progress& progress) {
  const auto path = liberty_path(run.options);
  if (!path) return path.errors();
  const auto liberty = read_liberty(*path);
  if (!liberty) return liberty.errors();
  std::error_code error;
  fs::create_symlink(*path, run.place / "cells.lib", error);
  const auto replaced = write_memories(run, macros(run.survey));
  if (!replaced) return replaced.errors();
  if (auto errors = write_scripts(run, *replaced, *liberty); !errors.empty()) return errors;

  progress.stage(fmt::format("synthesizing {} for {}", run.top, run.target.name()));
  if (const auto ran = run_yosys("synth.ys", run.place, run.options.timeout); !ran) return ran.errors();
  const auto text = read_text(run.place / "cells.json");
  if (!text) return text.errors();
  const auto counts = read_cell_counts(*text);
  if (!counts) return counts.errors();

  progress.stage(fmt::format("timing {}", run.top));
  const std::string script = timing_script(timing_job(run, *liberty));
  if (auto errors = write_text(run.place / "timing.tcl", script); !errors.empty()) return errors;
  const auto output = run_sta("timing.tcl", run.place, run.options.timeout);
  if (!output) return output.errors();
  const auto timing = parse_timing(*output);
  if (!timing) return timing.errors();
  return describe(run, *counts, *liberty, *timing);
}

}  // namespace sluice
