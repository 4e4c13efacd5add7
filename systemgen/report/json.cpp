#include <cmath>
#include <nlohmann/json.hpp>

#include "systemgen/report/network_json.hpp"
#include "systemgen/report/report.hpp"

namespace sluice {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kShownElements = 1000;  // of an output; larger ones are in sim/

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// JSON has no infinity and no NaN; they become strings that Python's float() and JavaScript's Number() understand.
Json number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

Json to_json(const MultiplexerStats& stats) {
  return {{"count", stats.count}, {"inputs", stats.inputs}, {"widest", stats.widest}, {"bits", stats.bits}};
}

Json to_json(const BindingStats& stats) {
  Json units = Json::object();
  for (const auto& [kind, use] : stats.units) {
    units[kind] = {{"units", use.units},
                   {"operations", use.operations},
                   {"most_on_one", use.most_on_one},
                   {"area", use.area},
                   {"unshared_area", use.unshared_area}};
  }
  const BindingStats::Units all = stats.all_units();
  return {{"units", units},
          {"registers",
           {{"count", stats.registers},
            {"bits", stats.register_bits},
            {"in_chains", stats.chain_registers},
            {"bits_in_chains", stats.chain_bits},
            {"unshared_bits", stats.unshared_register_bits}}},
          {"multiplexers",
           {{"at_units", to_json(stats.at_units)},
            {"at_registers", to_json(stats.at_registers)},
            {"at_memories", to_json(stats.at_memories)}}},
          {"saved",
           {{"units", all.operations - all.units},
            {"area", all.unshared_area - all.area},
            {"register_bits", stats.unshared_register_bits - stats.register_bits}}}};
}

Json to_json(const KernelLanes& lanes) {
  Json loops = Json::array();
  for (const auto& each : lanes.loops)
    loops.push_back({{"nest", each.nest}, {"loop", each.loop}, {"trip", each.trip}, {"lanes", each.lanes}});
  return loops;
}

Json to_json(const ActorFacts& actor) {
  return {{"name", actor.name},
          {"kernel", actor.kernel},
          {"onnx_nodes", actor.onnx_nodes},
          {"reads_from", actor.reads_from},
          {"stage", actor.stage},
          {"macs", actor.macs},
          {"cycles", actor.cycles},
          {"ii", actor.ii},
          {"ii_bounded_by", actor.bounded_by},
          {"lanes", to_json(actor.lanes)},
          {"mac_efficiency", or_null(actor.mac_efficiency())},
          {"efficiency_bound", or_null(actor.efficiency_bound())},
          {"units", actor.units},
          {"register_bits", actor.register_bits},
          {"memory_bits", actor.memory_bits},
          {"binding", to_json(actor.binding)}};
}

Json to_json(const MemoryFacts& memory) {
  return {{"actor", memory.actor.empty() ? Json(nullptr) : Json(memory.actor)},
          {"array", memory.name},
          {"kind", memory.kind},
          {"banks", memory.banks},
          {"copies", memory.copies},
          {"memories", memory.memories},
          {"memory_word_bits", memory.memory_word_bits},
          {"words", memory.words},
          {"word_bits", memory.word_bits},
          {"read_ports", memory.read_ports},
          {"write_ports", memory.write_ports},
          {"bits", memory.bits()},
          {"accesses", memory.accesses},
          {"bounds_ii", memory.bounds_ii > 0 ? Json(memory.bounds_ii) : Json(nullptr)}};
}

Json device_section(const Report& report) {
  if (report.device_use.empty()) return nullptr;
  Json use = Json::object();
  for (const auto& each : report.device_use)
    use[each.resource] = {{"used", each.used}, {"available", each.available}, {"share", number(each.share())}};
  return {{"part", report.device}, {"use", use}};
}

Json to_json(const StreamPort& port) {
  return {{"name", port.name},
          {"direction", port.direction == Direction::input ? "input" : "output"},
          {"tensor", port.tensor},
          {"type", to_string(port.type.element)},
          {"shape", port.type.shape},
          {"layout", to_string(port.order.layout())},
          {"elements_per_beat", port.elements_per_beat},
          {"beats_per_frame", port.beats_per_frame}};
}

Json values(const Tensor& tensor) {
  Json list = Json::array();
  if (scalar_type(tensor.element()).is_float()) {
    for (const double value : tensor.to_doubles()) list.push_back(number(value));
  } else {
    for (const auto value : tensor.to_int64s()) list.push_back(value);
  }
  return list;
}

/// By frame and output; only outputs that are small enough to read.
Json outputs(const Report& report) {
  Json frames = Json::array();
  for (const auto& frame : report.verification->outputs) {
    Json tensors = Json::array();
    std::size_t output = 0;
    for (const auto& port : report.ports) {
      if (port.direction != Direction::output) continue;
      const Tensor& tensor = frame.at(output++);
      if (tensor.size() <= kShownElements) tensors.push_back({{"tensor", port.tensor}, {"values", values(tensor)}});
    }
    frames.push_back(std::move(tensors));
  }
  return frames;
}

Json verify_section(const Report& report) {
  if (!report.verification) return nullptr;
  const auto& verification = *report.verification;
  Json failures = Json::array();
  for (const auto& failure : verification.failures) failures.push_back(to_string(failure));
  return {{"frames", report.frames},
          {"elements", verification.elements},
          {"mismatches", verification.mismatches},
          {"max_abs_error", number(verification.deviation.max_absolute)},
          {"max_rel_error", number(verification.deviation.max_relative)},
          {"outside_tolerance", verification.deviation.outside},
          {"failures", failures},
          {"outputs", outputs(report)}};
}

Json network_section(const Report& report) {
  if (!report.network) return nullptr;
  return to_json(*report.network, report.verification ? report.verification->occupancy : std::nullopt);
}

Json cycles_section(const Report& report) {
  const auto& verification = report.verification;
  return {{"latency", verification ? or_null(verification->latency) : Json(nullptr)},
          {"interval", verification ? or_null(verification->interval) : Json(nullptr)},
          {"predicted_latency", report.predicted_latency},
          {"predicted_interval", report.predicted_interval}};
}

}  // namespace

std::string json_text(const Report& report) {
  Json actors = Json::array();
  for (const auto& actor : report.actors) actors.push_back(to_json(actor));
  Json memories = Json::array();
  for (const auto& memory : report.memories) memories.push_back(to_json(memory));
  Json ports = Json::array();
  for (const auto& port : report.ports) ports.push_back(to_json(port));
  Json seconds = Json::object();
  for (const auto& [stage, time] : report.seconds) seconds[stage] = time;
  const Json json = {
      {"model", report.model},
      {"target", report.target},
      {"area_unit", report.area_unit},
      {"clock_ns", report.clock_ns},
      {"macs", report.macs()},
      {"multipliers", report.multipliers()},
      {"cycles", cycles_section(report)},
      {"mac_efficiency", or_null(report.mac_efficiency())},
      {"actors", actors},
      {"memories", memories},
      {"device", device_section(report)},
      {"buffer_bits", report.buffer_bits},
      {"network", network_section(report)},
      {"top", report.top},
      {"files", {{"rtl", report.files.verilog}, {"testbench", report.testbench}, {"memories", report.files.memories}}},
      {"ports", ports},
      {"verify", verify_section(report)},
      {"seconds", seconds},
      {"peak_rss_mb", report.peak_rss_mb}};
  // Names from a model may hold bytes that are not UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sluice
