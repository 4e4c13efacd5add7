#include "systemgen/characterize/measure_asic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "systemgen/characterize/staged_netlist.hpp"
#include "systemgen/output/temporary_folder.hpp"
#include "systemgen/synth/cell_counts.hpp"
#include "systemgen/synth/mapping.hpp"
#include "systemgen/synth/timing.hpp"
#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTop = "unit_top";

/// Long enough for everything; only slacks count.
constexpr double kLongPeriodPs = 1e6;

/// Asks ABC for the fastest logic that it can make.
constexpr double kFastestPs = 1;

constexpr std::string_view kRegister =
    "module sluice_register(input wire clk, input wire d_i, output reg d_o);\n"
    "  always @(posedge clk) d_o <= d_i;\nendmodule\n";

/// Generic gates between black boxes.
Expected<StagedNetlist> read_stages(const std::string& text, const AsicLibrary& library, const fs::path& place) {
  Diagnostics errors = write_text(place / "unit.v", register_black_box() + text);
  append(errors, write_text(place / "unit.ys",
                            fmt::format("read_verilog unit.v\nhierarchy -check -top {0}\nsynth -flatten -top {0}\n"
                                        "write_json unit.json\n",
                                        kTop)));
  if (!errors.empty()) return errors;
  if (const auto ran = run_yosys("unit.ys", place, library.timeout); !ran) return ran.errors();
  const auto json = read_text(place / "unit.json");
  if (!json) return json.errors();
  return StagedNetlist::read(*json, kTop);
}

/// Maps each stage by itself.
Diagnostics map_stages(const StagedNetlist& netlist, const AsicLibrary& library,
                       const std::function<bool(int stage)>& wanted, const fs::path& place) {
  const MappingJob job{"cells.lib", kFastestPs};
  const std::string script = fmt::format(
      "read_json stages.json\nhierarchy -top {0}\nsubmod\ndelete sluice_register\nread_verilog register.v\n"
      "hierarchy -top {0}\nproc\nopt_clean\nsimplemap sluice_register\n{1}"
      "tee -q -o cells.json stat -json\nwrite_verilog -noattr -noexpr -nohex -nodec netlist.v\n",
      kTop, mapping_script(job));
  Diagnostics errors = write_text(place / "stages.json", netlist.json(kTop, wanted));
  append(errors, write_text(place / "stages.ys", script));
  append(errors, write_text(place / "register.v", kRegister));
  append(errors, write_text(place / "abc.script", abc_script()));
  append(errors, write_text(place / "abc.constr", abc_constraints(library.liberty)));
  if (!errors.empty()) return errors;
  if (const auto ran = run_yosys("stages.ys", place, library.timeout); !ran) return ran.errors();
  return {};
}

/// "reg_<stage>_<k>/...": the stage; -1 for anything else.
int stage_of(const std::string& endpoint) {
  constexpr std::string_view kPrefix = "reg_";
  int stage = -1;
  if (endpoint.starts_with(kPrefix)) {
    std::from_chars(endpoint.data() + kPrefix.size(), endpoint.data() + endpoint.size(), stage);
  }
  return stage;
}

Diagnostics read_areas(std::vector<StageFigures>& stages, const Liberty& liberty, const fs::path& place) {
  const auto text = read_text(place / "cells.json");
  if (!text) return text.errors();
  const auto counts = read_cell_counts(*text);
  if (!counts) return counts.errors();
  for (std::size_t stage = 0; stage < stages.size(); ++stage) {
    const auto found = counts->find(fmt::format("{}_stage_{}", kTop, stage));
    if (found == counts->end()) continue;
    for (const auto& [type, times] : found->second.total) {
      if (const auto* cell = liberty.find(type)) stages[stage].area += cell->area * static_cast<double>(times);
    }
  }
  return {};
}

Diagnostics read_periods(std::vector<StageFigures>& stages, const AsicLibrary& library, const fs::path& place) {
  TimingJob job;
  job.liberty_files = {"cells.lib"};
  job.netlist = "netlist.v";
  job.top = kTop;
  job.clock = "clk";
  job.period_ps = kLongPeriodPs;
  job.paths = 1'000'000;
  if (auto errors = write_text(place / "timing.tcl", timing_script(job)); !errors.empty()) return errors;
  const auto output = run_sta("timing.tcl", place, library.timeout);
  if (!output) return output.errors();
  const auto timing = parse_timing(*output);
  if (!timing) return timing.errors();
  for (const auto& [endpoint, slack_ps] : timing->endpoints) {
    const int stage = stage_of(endpoint);
    if (stage < 0 || stage >= static_cast<int>(stages.size())) continue;
    auto& period_ps = stages[static_cast<std::size_t>(stage)].period_ps;
    period_ps = std::max(period_ps, kLongPeriodPs - slack_ps);
  }
  return {};
}

}  // namespace

Expected<std::vector<StageFigures>> measure_asic(const std::string& text, const AsicLibrary& library,
                                                 const std::function<bool(int stage)>& wanted) {
  const auto folder = TemporaryFolder::create();
  if (!folder) return folder.errors();
  const auto& place = folder->path();
  std::error_code error;
  fs::create_symlink(fs::absolute(library.path), place / "cells.lib", error);
  const auto netlist = read_stages(text, library, place);
  if (!netlist) return netlist.errors();
  std::vector<StageFigures> stages(static_cast<std::size_t>(netlist->stages()));
  Diagnostics errors = map_stages(*netlist, library, wanted, place);
  if (errors.empty()) append(errors, read_areas(stages, library.liberty, place));
  if (errors.empty()) append(errors, read_periods(stages, library, place));
  if (!errors.empty()) return errors;
  return stages;
}

}  // namespace sluice
