#include "systemgen/synth/synthesis_report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "systemgen/synth/memory_macro.hpp"
#include "systemgen/synth/tool.hpp"

namespace sluice {
namespace {

using Json = nlohmann::ordered_json;

Json module_json(const ModuleCells& module) {
  Json json = {{"name", module.name}, {"instances", module.instances}, {"cells", module.cells}, {"area", module.area}};
  if (module.fpga) {
    json["luts"] = module.fpga->luts;
    json["ffs"] = module.fpga->ffs;
    json["carries"] = module.fpga->carries;
    json["dsps"] = module.fpga->dsps;
    json["block_rams"] = module.fpga->block_rams;
  }
  if (module.worst_slack_ps) json["worst_slack_ps"] = *module.worst_slack_ps;
  return json;
}

Json to_json(const Synthesis& synthesis) {
  Json json = {{"target", synthesis.target}, {"clock_ns", synthesis.clock_ns}, {"top", synthesis.total.name}};
  const Json total = module_json(synthesis.total);
  for (const auto& [key, value] : total.items()) {
    if (key != "name" && key != "instances") json[key] = value;
  }
  json["area_unit"] = synthesis.area_unit;
  if (!synthesis.path_start.empty()) {
    json["worst_path"] = {{"start", synthesis.path_start}, {"end", synthesis.path_end}};
  }
  json["memories_apart_bits"] = synthesis.macro_bits;
  json["memories"] = Json::array();
  for (const auto& [shape, times] : synthesis.memories) {
    json["memories"].push_back({{"kind", shape.writable ? "ram" : "rom"},
                                {"words", shape.depth},
                                {"width", shape.width},
                                {"instances", times},
                                {"apart", is_macro(shape)}});
  }
  if (synthesis.system) {
    json["system"] = module_json(*synthesis.system);
    json["system"].erase("instances");
  }
  json["modules"] = Json::array();
  for (const auto& module : synthesis.modules) json["modules"].push_back(module_json(module));
  json["seconds"] = synthesis.seconds;
  return json;
}

bool same_request(const Json& a, const Json& b) {
  return a.value("target", "") == b.value("target", "") && a.value("top", "") == b.value("top", "") &&
         a.value("clock_ns", 0.0) == b.value("clock_ns", 0.0);
}

std::string shortened(const std::string& name) {
  constexpr std::size_t kLongest = 28;
  if (name.size() <= kLongest) return name;
  return name.substr(0, kLongest / 2 - 1) + ".." + name.substr(name.size() - kLongest / 2 + 1);
}

std::string row(const ModuleCells& module) {
  std::string text = fmt::format("{:<28} {:>9} {:>11.6g}", shortened(module.name), module.cells, module.area);
  if (module.fpga) {
    text += fmt::format(" {:>8} {:>8} {:>6} {:>11}", module.fpga->ffs, module.fpga->carries, module.fpga->dsps,
                        module.fpga->block_rams);
  }
  if (module.worst_slack_ps) text += fmt::format(" {:>15.0f}", *module.worst_slack_ps);
  return text + "\n";
}

}  // namespace

std::string to_table(const Synthesis& synthesis) {
  const auto& total = synthesis.total;
  std::string text = fmt::format("{:<28} {:>9} {:>11}", "module", "cells", synthesis.area_unit);
  if (total.fpga) text += fmt::format(" {:>8} {:>8} {:>6} {:>11}", "FFs", "carries", "DSPs", "block RAMs");
  if (total.worst_slack_ps) text += fmt::format(" {:>15}", "worst slack ps");
  text += "\n";
  for (const auto& module : synthesis.modules) text += row(module);
  if (synthesis.system) text += row(*synthesis.system);
  text += row(total) + "\n";
  text += fmt::format("{:<14} {}, {} ns\n", "target", synthesis.target, synthesis.clock_ns);
  if (synthesis.macro_bits > 0) text += fmt::format("{:<14} {} bits\n", "memories apart", synthesis.macro_bits);
  if (!synthesis.path_start.empty()) {
    text += fmt::format("{:<14} {} -> {}\n", "worst path", synthesis.path_start, synthesis.path_end);
  }
  return text;
}

Diagnostics add_to_report(const Synthesis& synthesis, const std::filesystem::path& folder) {
  const auto path = folder / "report.json";
  const auto text = read_text(path);
  if (!text) return text.errors();
  try {
    Json report = Json::parse(*text);
    const Json mine = to_json(synthesis);
    Json list = Json::array();
    for (const auto& other : report.value("synthesis", Json::array())) {
      if (!same_request(other, mine)) list.push_back(other);
    }
    list.push_back(mine);
    report["synthesis"] = list;
    const auto fresh = folder / ".report.json.new";
    if (auto errors = write_text(fresh, report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
        !errors.empty()) {
      return errors;
    }
    std::error_code error;
    std::filesystem::rename(fresh, path, error);
    if (error) return {{path.string(), "cannot be replaced: " + error.message(), ""}};
  } catch (const Json::exception& error) {
    return {{path.string(), error.what(), "make the design again"}};
  }
  return {};
}

}  // namespace sluice
