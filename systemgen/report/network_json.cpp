#include "systemgen/report/network_json.hpp"

#include <nlohmann/json.hpp>

namespace sluice {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const FrameInterval& interval) { return {{"cycles", interval.cycles}, {"frames", interval.frames}}; }

template <typename Facts>
Json names(const std::vector<Facts>& of, const std::vector<std::size_t>& indices) {
  Json list = Json::array();
  for (const auto i : indices) list.push_back(of[i].name);
  return list;
}

Json to_json(const NetworkActorFacts& actor, const FrameInterval& interval) {
  return {{"name", actor.name},
          {"firings", actor.firings},
          {"spacing", actor.spacing},
          {"interval", actor.interval()},
          {"utilisation", interval.cycles > 0 ? static_cast<double>(actor.interval()) / interval.value() : 0},
          {"multipliers", actor.multipliers}};
}

Json to_json(const NetworkFacts& network, const NetworkChannelFacts& channel) {
  return {{"name", channel.name},
          {"tensor", channel.tensor},
          {"rows", channel.rows},
          {"capacity", channel.capacity},
          {"row_bits", channel.row_bits},
          {"copies", channel.copies},
          {"bits", channel.bits()},
          {"double_buffer_bits", channel.double_buffer_bits()},
          {"occupancy", channel.occupancy},
          {"writer", network.actors[channel.writer].name},
          {"readers", names(network.actors, channel.readers)}};
}

Json other_layouts(const NetworkFacts& network) {
  Json others = Json::object();
  for (const auto& [layout, facts] : network.other_layouts)
    others[std::string(to_string(layout))] = {{"bits", facts.bits}, {"slowest_interval", facts.slowest_interval}};
  return others;
}

}  // namespace

Json to_json(const NetworkFacts& network, const std::optional<std::vector<std::int64_t>>& simulated) {
  Json actors = Json::array();
  for (const auto& actor : network.actors) actors.push_back(to_json(actor, network.interval));
  Json channels = Json::array();
  for (std::size_t c = 0; c < network.channels.size(); ++c) {
    channels.push_back(to_json(network, network.channels[c]));
    channels.back()["simulated_occupancy"] = simulated ? Json(simulated->at(c)) : Json(nullptr);
  }
  return {{"interval", to_json(network.interval)},
          {"unbounded_interval", to_json(network.unbounded_interval)},
          {"slowest_interval", network.slowest_interval()},
          {"bottleneck",
           {{"actors", names(network.actors, network.bottleneck_actors)},
            {"channels", names(network.channels, network.bottleneck_channels)},
            {"text", bottleneck_text(network)}}},
          {"bits", network.bits()},
          {"double_buffer_bits", network.double_buffer_bits()},
          {"other_layouts", other_layouts(network)},
          {"least_buffers", network.least_buffers},
          {"actors", actors},
          {"channels", channels}};
}

}  // namespace sluice
