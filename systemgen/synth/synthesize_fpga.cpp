#include <fmt/format.h>

#include "systemgen/synth/memory_macro.hpp"
#include "systemgen/synth/synthesis_run.hpp"
#include "systemgen/synth/system_cells.hpp"
#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

ModuleCells describe(const std::string& name, const CellCounts& cells, const Family& family) {
  ModuleCells module;
  module.name = name;
  module.fpga = fpga_cells(family, cells);
  module.area = static_cast<double>(module.fpga->luts);
  for (const auto& [type, times] : cells) module.cells += times;
  return module;
}

}  // namespace

Expected<Synthesis> synthesize_fpga(const SynthesisRun& run, const Family& family, Progress& progress) {
  // Yosys gives each flip-flop an inverter of its own where a reset is active low: one is enough.
  const std::string script =
      fmt::format("{}{} -top {}\nopt_merge -share_all t:INV\nopt_clean\ntee -q -o cells.json stat -json\n",
                  read_script(run, {}), family.synthesis, run.top);
  if (auto errors = write_text(run.place / "synth.ys", script); !errors.empty()) return errors;
  progress.stage(fmt::format("synthesizing {} for {}", run.top, family.name));
  if (const auto ran = run_yosys("synth.ys", run.place, run.options.timeout); !ran) return ran.errors();
  const auto text = read_text(run.place / "cells.json");
  if (!text) return text.errors();
  const auto counts = read_cell_counts(*text);
  if (!counts) return counts.errors();

  Synthesis synthesis;
  synthesis.total = describe(run.top, counts->at(run.top).total, family);
  if (run.top == run.design.top)
    synthesis.system = describe("controllers and streams", system_cells(*counts, run.top, run.survey), family);
  for (const auto& [name, times] : run.survey.instances) {
    if (name == run.top) continue;
    synthesis.modules.push_back(describe(name, counts->at(name).total, family));
    synthesis.modules.back().instances = times;
  }
  for (const auto& [shape, times] : run.survey.memories) {
    if (is_macro(shape)) synthesis.macro_bits += shape.bits() * times;
  }
  return synthesis;
}

}  // namespace sluice
