#include "systemgen/characterize/staged_netlist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

namespace sluice {
namespace {

using Json = nlohmann::json;
using Nets = std::map<std::string, std::vector<int>>;

constexpr const char* kRegister = "sluice_register";

std::vector<int> nets_of(const Json& bits) {
  std::vector<int> nets;
  for (const auto& bit : bits) {
    if (bit.is_number_integer()) nets.push_back(bit.get<int>());  // constants are strings
  }
  return nets;
}

/// Finds what has an effect on the outputs, and in which stage it is.
class Sorter {
 public:
  explicit Sorter(const Json& module) {
    for (const auto& [name, cell] : module.at("cells").items()) {
      if (cell.at("type") == kRegister) {
        add_register(cell.at("connections"));
      } else {
        add_cell(name, cell);
      }
    }
    for (const auto& port : module.at("ports")) {
      if (port.at("direction") == "output") {
        for (const int net : nets_of(port.at("bits"))) visit(net);
      }
    }
  }

  std::vector<StagedNetlist::Cell> cells;
  std::vector<StagedNetlist::Register> registers;

 private:
  void add_register(const Json& connections) {
    const auto& from = connections.at("d_i");
    const auto& to = connections.at("d_o");
    for (std::size_t i = 0; i < to.size(); ++i) {
      if (!to[i].is_number_integer()) continue;
      register_of_[to[i].get<int>()] = all_registers_.size();
      all_registers_.push_back({0, from[i].is_number_integer() ? from[i].get<int>() : -1, to[i].get<int>()});
    }
  }

  void add_cell(const std::string& name, const Json& json) {
    StagedNetlist::Cell cell{name, json.at("type"), 0, {}, {}};
    for (const auto& [port, bits] : json.at("connections").items()) {
      (json.at("port_directions").at(port) == "output" ? cell.outputs : cell.inputs)[port] = nets_of(bits);
    }
    for (const auto& [port, nets] : cell.outputs) {
      for (const int net : nets) cell_of_[net] = all_cells_.size();
    }
    all_cells_.push_back(std::move(cell));
  }

  /// Marks what drives the net, and gives the stage of its value; -1 for the inputs and constants.
  int visit(int net) {
    if (const auto known = stage_of_.find(net); known != stage_of_.end()) {
      if (known->second == kOpen) throw std::runtime_error("the netlist has a combinational cycle");
      return known->second;
    }
    int stage = -1;
    if (const auto found = register_of_.find(net); found != register_of_.end()) {
      auto held = all_registers_[found->second];
      held.stage = held.from < 0 ? -1 : visit(held.from);
      stage = held.stage + 1;
      registers.push_back(held);
    } else if (const auto driver = cell_of_.find(net); driver != cell_of_.end()) {
      stage = visit_cell(driver->second, net);
    }
    return stage_of_[net] = stage;
  }

  int visit_cell(std::size_t index, int net) {
    if (const auto known = cell_stage_.find(index); known != cell_stage_.end()) return known->second;
    stage_of_[net] = kOpen;
    int stage = -1;
    for (const auto& [port, nets] : all_cells_[index].inputs) {
      for (const int input : nets) stage = std::max(stage, visit(input));
    }
    cell_stage_[index] = stage;
    cells.push_back(all_cells_[index]);
    cells.back().stage = stage;
    return stage;
  }

  static constexpr int kOpen = -2;

  std::vector<StagedNetlist::Cell> all_cells_;
  std::vector<StagedNetlist::Register> all_registers_;
  std::unordered_map<int, std::size_t> cell_of_;      ///< by net
  std::unordered_map<int, std::size_t> register_of_;  ///< by net
  std::unordered_map<int, int> stage_of_;             ///< by net
  std::unordered_map<std::size_t, int> cell_stage_;
};

}  // namespace

Expected<StagedNetlist> StagedNetlist::read(std::string_view json, const std::string& top) {
  try {
    StagedNetlist netlist;
    netlist.module_ = Json::parse(json).at("modules").at(top);
    Sorter sorter(netlist.module_);
    netlist.cells_ = std::move(sorter.cells);
    netlist.registers_ = std::move(sorter.registers);
    return netlist;
  } catch (const std::exception& error) {  // from the JSON, or the cycle
    return Diagnostic{top, error.what(), "Sluice knows the netlists of Yosys 0.23"};
  }
}

int StagedNetlist::stages() const {
  int last = -1;
  for (const auto& held : registers_) last = std::max(last, held.stage);
  return last + 1;
}

std::string StagedNetlist::json(const std::string& top, const std::function<bool(int stage)>& kept) const {
  Json cells = Json::object();
  for (const auto& cell : cells_) {
    if (!kept(cell.stage)) continue;
    Json copy = module_.at("cells").at(cell.name);
    copy["attributes"] = {{"submod", fmt::format("stage_{}", cell.stage)}};
    cells[cell.name] = std::move(copy);
  }
  const Json clock = module_.at("ports").at("clk").at("bits");
  int number = 0;
  for (const auto& held : registers_) {
    const Json from = held.from < 0 ? Json::array({"0"}) : Json::array({held.from});
    const std::string stage = held.stage < 0 ? "in" : std::to_string(held.stage);
    cells[fmt::format("reg_{}_{}", stage, number++)] = {
        {"hide_name", 0},
        {"type", kRegister},
        {"parameters", Json::object()},
        {"attributes", Json::object()},
        {"port_directions", {{"clk", "input"}, {"d_i", "input"}, {"d_o", "output"}}},
        {"connections", {{"clk", clock}, {"d_i", from}, {"d_o", Json::array({held.to})}}}};
  }
  const auto port = [](const char* direction, int net) { return Json{{"direction", direction}, {"bits", {net}}}; };
  const Json black_box = {{"attributes", {{"blackbox", "1"}}},
                          {"ports", {{"clk", port("input", 2)}, {"d_i", port("input", 3)}, {"d_o", port("output", 4)}}},
                          {"cells", Json::object()},
                          {"netnames", Json::object()}};
  const Json mine = {
      {"attributes", {{"top", "1"}}}, {"ports", module_.at("ports")}, {"cells", cells}, {"netnames", Json::object()}};
  return Json{{"creator", "Sluice"}, {"modules", {{kRegister, black_box}, {top, mine}}}}.dump();
}

}  // namespace sluice
