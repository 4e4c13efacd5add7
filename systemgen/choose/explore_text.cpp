#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "systemgen/choose/explore.hpp"
#include "systemgen/report/svg.hpp"
#include "systemgen/report/text.hpp"

namespace sluice {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const ActorFacts& actor) {
  Json loops = Json::array();
  for (const auto& each : actor.lanes.loops)
    loops.push_back({{"nest", each.nest}, {"loop", each.loop}, {"trip", each.trip}, {"lanes", each.lanes}});
  const auto bound = actor.efficiency_bound();
  return {{"name", actor.name},
          {"multipliers", actor.multipliers()},
          {"cycles", actor.cycles},
          {"ii", actor.ii},
          {"ii_bounded_by", actor.bounded_by},
          {"lanes", loops},
          {"efficiency_bound", bound ? Json(*bound) : Json(nullptr)}};
}

Json to_shares(const std::vector<ResourceUse>& use) {
  Json shares = Json::object();
  for (const auto& each : use) shares[each.resource] = each.available > 0 ? Json(each.share()) : Json(nullptr);
  return shares;
}

Json to_json(const ExplorePoint& point) {
  const Report& facts = point.facts;
  const auto efficiency = facts.mac_efficiency();
  Json actors = Json::array();
  for (const auto& actor : facts.actors) actors.push_back(to_json(actor));
  return {{"budget", point.budget},
          {"multipliers", facts.multipliers()},
          {"predicted_latency", facts.predicted_latency},
          {"predicted_interval", facts.predicted_interval},
          {"mac_efficiency", efficiency ? Json(*efficiency) : Json(nullptr)},
          {"unit_area", facts.unit_area()},
          {"register_bits", facts.register_bits()},
          {"memory_bits", facts.memory_bits()},
          {"device_share", facts.device_use.empty() ? Json(nullptr) : Json(to_shares(facts.device_use))},
          {"actors", actors}};
}

/// The actors that have lanes.
std::string lanes_text(const Report& facts) {
  std::string text;
  for (const auto& actor : facts.actors) {
    if (actor.lanes.loops.empty()) continue;
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", shortened(actor.name, 20), to_string(actor.lanes));
  }
  return text.empty() ? "none" : text;
}

}  // namespace

std::string json_text(const Exploration& exploration) {
  Json points = Json::array();
  for (const auto& point : exploration.points) points.push_back(to_json(point));
  const auto& facts = exploration.points.front().facts;
  const Json json = {{"model", exploration.model},       {"target", exploration.target}, {"area_unit", facts.area_unit},
                     {"clock_ns", exploration.clock_ns}, {"macs", facts.macs()},         {"points", points}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_table(const Exploration& exploration) {
  const auto& first = exploration.points.front().facts;
  std::string text =
      fmt::format("{} MACs, target {} at {} ns\n\n", grouped(first.macs()), exploration.target, exploration.clock_ns);
  text += fmt::format("{:>11} {:>13} {:>13} {:>5} {:>15} {:>13} {:>13}\n", "multipliers", "latency", "interval", "eff.",
                      "units, " + shortened(first.area_unit, 8), "register bits", "memory bits");
  for (const auto& [budget, facts] : exploration.points) {
    const auto efficiency = facts.mac_efficiency();
    text += fmt::format("{:>11} {:>13} {:>13} {:>5} {:>15} {:>13} {:>13}\n", facts.multipliers(),
                        grouped(facts.predicted_latency), grouped(facts.predicted_interval),
                        efficiency ? fmt::format("{:.2f}", *efficiency) : "",
                        grouped(static_cast<std::int64_t>(facts.unit_area())), grouped(facts.register_bits()),
                        grouped(facts.memory_bits()));
  }
  if (!first.device.empty()) {
    text += fmt::format("\n{} of each point:\n", first.device);
    for (const auto& [budget, facts] : exploration.points)
      text += fmt::format("{:>11} {}\n", facts.multipliers(), to_string(facts.device_use));
  }
  text += "\nUnits: their area by the target's figures, without pipeline registers, multiplexers and control.\n";
  text += "Memories: weights, scratch and the buffers between actors.\n\nLanes:\n";
  for (const auto& [budget, facts] : exploration.points)
    text += fmt::format("--multipliers {:<5} {}\n", budget, lanes_text(facts));
  return text;
}

std::string to_svg(const Exploration& exploration) {
  const std::string area = "units, " + exploration.points.front().facts.area_unit;
  Plot plot{exploration.model,
            {"multipliers", Scale::logarithmic},
            {"cycles; area of units", Scale::logarithmic},
            {{"latency", {}}, {"interval", {}}, {area, {}}}};
  for (const auto& [budget, facts] : exploration.points) {
    const auto x = static_cast<double>(std::max<std::int64_t>(facts.multipliers(), 1));
    plot.series[0].points.emplace_back(x, static_cast<double>(facts.predicted_latency));
    plot.series[1].points.emplace_back(x, static_cast<double>(facts.predicted_interval));
    plot.series[2].points.emplace_back(x, facts.unit_area());
  }
  return svg_text(plot);
}

}  // namespace sluice
