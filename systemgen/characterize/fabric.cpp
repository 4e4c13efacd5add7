#include "systemgen/characterize/fabric.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/target/json_section.hpp"

namespace sluice {
namespace {

Fabric::Cell read_cell(const nlohmann::json& json, JsonReport& report) {
  JsonSection section(json, "cells", report);
  section.allow({"prefix", "ps", "beside", "chain", "port_ps"});
  Fabric::Cell cell{section.text("prefix"), section.integer("ps"), json.value("beside", false), "", "", 0, 0, {}};
  if (json.contains("chain")) {
    JsonSection chain = section.section("chain").allow({"input", "output", "ps", "end_ps"});
    cell.chain_input = chain.text("input");
    cell.chain_output = chain.text("output");
    cell.chain_ps = chain.integer("ps");
    cell.chain_end_ps = chain.integer("end_ps");
  }
  if (json.contains("port_ps")) {
    JsonSection ports = section.section("port_ps");
    for (const auto& item : ports.items()) cell.port_ps[item.key()] = ports.integer(item.key());
  }
  return cell;
}

Expected<Fabric> read_fabric(const EmbeddedFile& file) {
  const auto json = nlohmann::json::parse(file.text);
  JsonReport report{std::string(file.name), {}};
  JsonSection top(json, "", report);
  top.allow({"family", "description", "default_clock_ns", "register_ps", "net_ps", "memory", "multiplier_ps",
             "multiplier_bits", "cells"});
  JsonSection multiplier = top.section("multiplier_bits").allow({"wide", "narrow"});
  JsonSection memory = top.section("memory").allow({"read_ps", "setup_ps", "register_words"});
  Fabric fabric;
  fabric.family = top.text("family");
  fabric.description = top.text("description");
  fabric.default_clock_ns = top.number("default_clock_ns");
  fabric.register_ps = top.integer("register_ps");
  fabric.net_ps = top.integer("net_ps");
  fabric.memory_read_ps = memory.integer("read_ps");
  fabric.memory_setup_ps = memory.integer("setup_ps");
  fabric.register_words = memory.integer("register_words");
  fabric.multiplier_ps = top.integer("multiplier_ps");
  fabric.wide_bits = multiplier.integer("wide");
  fabric.narrow_bits = multiplier.integer("narrow");
  for (const auto& cell : top.list("cells")) fabric.cells.push_back(read_cell(cell, report));
  if (!report.errors.empty()) return report.errors;
  return fabric;
}

}  // namespace

const Fabric::Cell* Fabric::find(std::string_view type) const {
  const auto found =
      std::find_if(cells.begin(), cells.end(), [&](const auto& c) { return type.starts_with(c.prefix); });
  return found == cells.end() ? nullptr : &*found;
}

Expected<Fabric> load_fabric(const std::string& family) {
  std::string known;
  for (const auto& file : fabric_data()) {
    if (file.name == family + ".json") return read_fabric(file);
    known += (known.empty() ? "" : ", ") + std::string(file.name.substr(0, file.name.find('.')));
  }
  return Diagnostic{family, "is not a known family of FPGAs", fmt::format("known are {}", known)};
}

}  // namespace sluice
