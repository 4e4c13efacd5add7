#include "systemgen/characterize/measure_fpga.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "systemgen/characterize/unit_case.hpp"
#include "systemgen/output/temporary_folder.hpp"
#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

constexpr const char* kTop = "unit_top";

/// Arrival times of nets.
class Paths {
 public:
  explicit Paths(const Fabric& fabric) : fabric_(fabric) {}

  /// The cell's inputs have been through before.
  void through(const StagedNetlist::Cell& cell) {
    const Fabric::Cell none;
    const auto* known = fabric_.find(cell.type);
    const Fabric::Cell& delays = known != nullptr ? *known : none;
    double reached = 0;  // the inputs
    double arrival = 0;
    double chain = 0;
    for (const auto& [port, nets] : cell.inputs) {
      const bool in_chain = port == delays.chain_input;
      for (const int net : nets) {
        if (in_chain && chain_nets_.contains(net)) {
          chain = std::max(chain, at(net));
        } else {
          const double at_input = at(net) + (delays.beside ? 0 : fabric_.net_ps);
          reached = std::max(reached, at_input);
          arrival = std::max(arrival, at_input + delays.through(port));
        }
      }
    }
    for (const auto& [port, nets] : cell.outputs) {
      const bool in_chain = !delays.chain_output.empty() && port == delays.chain_output;
      const double through_chain = chain > 0 ? chain + (in_chain ? delays.chain_ps : delays.chain_end_ps) : 0;
      const double from_inputs = delays.port_ps.contains(port) ? reached + delays.through(port) : arrival;
      for (const int net : nets) {
        arrivals_[net] = std::max(from_inputs, through_chain);
        if (in_chain) chain_nets_.insert(net);
      }
    }
  }

  /// 0 for what comes from a register.
  [[nodiscard]] double at(int net) const {
    const auto found = arrivals_.find(net);
    return found == arrivals_.end() ? 0 : found->second;
  }

 private:
  const Fabric& fabric_;
  std::unordered_map<int, double> arrivals_;
  std::unordered_set<int> chain_nets_;
};

}  // namespace

std::vector<double> longest_paths(const StagedNetlist& netlist, const Fabric& fabric) {
  Paths paths(fabric);
  for (const auto& cell : netlist.cells()) paths.through(cell);
  std::vector<double> longest(static_cast<std::size_t>(netlist.stages()), 0);
  for (const auto& held : netlist.registers()) {
    if (held.stage < 0 || held.from < 0) continue;
    auto& slowest = longest[static_cast<std::size_t>(held.stage)];
    slowest = std::max(slowest, paths.at(held.from));
  }
  return longest;
}

void share_multipliers(std::vector<StageFigures>& stages, const Fabric& fabric) {
  for (std::size_t i = 0; i + 1 < stages.size(); ++i) {
    const bool empty_after = stages[i + 1].period_ps <= fabric.register_ps;
    if (stages[i].dsps == 0 || !empty_after) continue;
    const double logic_ps = stages[i].period_ps - fabric.register_ps;
    const double first_ps = std::min(logic_ps, static_cast<double>(fabric.multiplier_ps + fabric.net_ps));
    stages[i].period_ps = first_ps + fabric.register_ps;
    stages[i + 1].period_ps = logic_ps - first_ps + fabric.register_ps;
  }
}

Expected<std::vector<StageFigures>> measure_fpga(const std::string& text, const Family& family, const Fabric& fabric,
                                                 std::chrono::seconds timeout) {
  const auto folder = TemporaryFolder::create();
  if (!folder) return folder.errors();
  const auto& place = folder->path();
  Diagnostics errors = write_text(place / "unit.v", register_black_box() + text);
  append(errors,
         write_text(place / "unit.ys", fmt::format("read_verilog unit.v\nhierarchy -check -top {0}\n{1} -top {0}\n"
                                                   "write_json unit.json\n",
                                                   kTop, family.synthesis)));
  if (!errors.empty()) return errors;
  if (const auto ran = run_yosys("unit.ys", place, timeout); !ran) return ran.errors();
  const auto json = read_text(place / "unit.json");
  if (!json) return json.errors();
  const auto netlist = StagedNetlist::read(*json, kTop);
  if (!netlist) return netlist.errors();

  const auto longest = longest_paths(*netlist, fabric);
  std::vector<CellCounts> cells(longest.size());
  for (const auto& cell : netlist->cells()) {
    if (cell.stage >= 0) ++cells.at(static_cast<std::size_t>(cell.stage))[cell.type];
  }
  std::vector<StageFigures> stages;
  for (std::size_t i = 0; i < longest.size(); ++i) {
    const auto taken = fpga_cells(family, cells[i]);
    stages.push_back({longest[i] + fabric.register_ps, static_cast<double>(taken.luts), static_cast<int>(taken.dsps)});
  }
  share_multipliers(stages, fabric);
  return stages;
}

}  // namespace sluice
