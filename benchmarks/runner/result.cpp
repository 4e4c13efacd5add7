#include "benchmarks/runner/result.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace sluice::bench {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kOutcomes{"verified", "compiled", "refused", "differs", "timed out", "failed"};

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

std::optional<std::int64_t> maybe(const Json& json) {
  return json.is_number() ? std::optional(json.get<std::int64_t>()) : std::nullopt;
}

Json to_json(const ActorFigures& actor) {
  return {{"name", actor.name},
          {"kernel", actor.kernel},
          {"macs", actor.macs},
          {"cycles", actor.cycles},
          {"ii", actor.ii},
          {"multipliers", actor.multipliers},
          {"efficiency_bound", actor.efficiency_bound}};
}

Json to_json(const Figures& figures) {
  Json actors = Json::array();
  for (const auto& actor : figures.actors) actors.push_back(to_json(actor));
  return {{"macs", figures.macs},
          {"kernel_cycles", figures.kernel_cycles},
          {"critical_cycles", figures.critical_cycles},
          {"latency", or_null(figures.latency)},
          {"interval", or_null(figures.interval)},
          {"predicted_latency", figures.predicted_latency},
          {"predicted_interval", figures.predicted_interval},
          {"multipliers", figures.multipliers},
          {"adders", figures.adders},
          {"units", figures.units},
          {"mac_efficiency", or_null(figures.efficiency())},
          {"bound_cycles", or_null(figures.bound())},
          {"register_bits", figures.register_bits},
          {"memory_bits", figures.memory_bits},
          {"compile_seconds", figures.compile_seconds},
          {"peak_mb", figures.peak_mb},
          {"actors", actors}};
}

ActorFigures actor_of(const Json& json) {
  return {json.at("name"),
          json.at("kernel"),
          json.at("macs"),
          json.at("cycles"),
          json.at("ii"),
          json.at("multipliers"),
          json.value("efficiency_bound", 1.0)};
}

Figures figures_of(const Json& json) {
  Figures figures;
  figures.macs = json.at("macs");
  figures.kernel_cycles = json.at("kernel_cycles");
  figures.critical_cycles = json.at("critical_cycles");
  figures.latency = maybe(json.at("latency"));
  figures.interval = maybe(json.at("interval"));
  figures.predicted_latency = json.at("predicted_latency");
  figures.predicted_interval = json.at("predicted_interval");
  figures.multipliers = json.at("multipliers");
  figures.adders = json.at("adders");
  figures.units = json.at("units");
  figures.register_bits = json.at("register_bits");
  figures.memory_bits = json.at("memory_bits");
  figures.compile_seconds = json.at("compile_seconds");
  figures.peak_mb = json.at("peak_mb");
  for (const auto& actor : json.at("actors")) figures.actors.push_back(actor_of(actor));
  return figures;
}

}  // namespace

std::string to_string(Outcome outcome) { return kOutcomes.at(static_cast<std::size_t>(outcome)); }

Outcome outcome_of(const std::string& text) {
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    if (text == kOutcomes[i]) return static_cast<Outcome>(i);
  }
  return Outcome::failed;
}

std::optional<double> Figures::efficiency() const {
  if (macs == 0 || kernel_cycles == 0 || multipliers == 0) return {};
  return static_cast<double>(macs) / (static_cast<double>(kernel_cycles) * static_cast<double>(multipliers));
}

std::optional<std::int64_t> Figures::bound() const {
  if (macs == 0 || multipliers == 0) return {};
  return (macs + multipliers - 1) / multipliers;
}

std::string json_text(const Result& result) {
  Json json{{"suite", result.suite},
            {"subject", result.subject},
            {"configuration", result.configuration},
            {"fingerprint", result.fingerprint},
            {"target", result.target},
            {"clock_ns", result.clock_ns},
            {"outcome", to_string(result.outcome)},
            {"message", result.message},
            {"simulator", result.simulator},
            {"seconds", result.seconds}};
  if (result.figures) json["figures"] = to_json(*result.figures);
  if (result.cells) {
    json["synthesis"] = {{"target", result.cells->target}, {"clock_ns", result.cells->clock_ns}};
    for (const auto& [name, count] : result.cells->counts) json["synthesis"]["counts"][name] = count;
  }
  if (!result.synthesis_message.empty()) json["synthesis_message"] = result.synthesis_message;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Expected<Result> parse_result(const std::string& text, const std::string& where) {
  try {
    const Json json = Json::parse(text);
    Result result{json.at("suite"),       json.at("subject"), json.at("configuration"),
                  json.at("fingerprint"), json.at("target"),  json.at("clock_ns")};
    result.outcome = outcome_of(json.at("outcome"));
    result.message = json.at("message");
    result.simulator = json.at("simulator");
    result.seconds = json.at("seconds");
    if (json.contains("figures")) result.figures = figures_of(json["figures"]);
    if (json.contains("synthesis")) {
      const Json& synthesis = json["synthesis"];
      result.cells = Cells{synthesis.at("target"), synthesis.at("clock_ns"), synthesis.at("counts")};
    }
    result.synthesis_message = json.value("synthesis_message", "");
    return result;
  } catch (const Json::exception& error) {
    return Diagnostic{where, error.what(), "delete it; the case is run again then"};
  }
}

}  // namespace sluice::bench
