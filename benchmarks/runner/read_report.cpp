#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "benchmarks/runner/result.hpp"

namespace sluice::bench {
namespace {

using Json = nlohmann::json;

std::optional<std::int64_t> maybe(const Json& json) {
  return json.is_number() ? std::optional(json.get<std::int64_t>()) : std::nullopt;
}

/// How many units of these kinds; of all kinds if none is named.
std::int64_t count_units(const Json& actor, std::initializer_list<const char*> kinds = {}) {
  std::int64_t sum = 0;
  for (const auto& [kind, count] : actor.at("units").items()) {
    const bool wanted = kinds.size() == 0 || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    if (wanted) sum += count.get<std::int64_t>();
  }
  return sum;
}

/// 1 of an actor without MACs.
double bound_of(const Json& actor) {
  const auto bound = actor.find("efficiency_bound");
  return bound == actor.end() || bound->is_null() ? 1 : bound->get<double>();
}

void add_actor(const Json& actor, Figures& figures) {
  const std::int64_t multipliers = count_units(actor, {"fp_mul", "int_mul"});
  figures.actors.push_back({actor.at("name"), actor.at("kernel"), actor.at("macs"), actor.at("cycles"), actor.at("ii"),
                            multipliers, bound_of(actor)});
  figures.multipliers += multipliers;
  figures.adders += count_units(actor, {"fp_add", "int_add"});
  figures.units += count_units(actor);
  figures.register_bits += actor.at("register_bits").get<std::int64_t>();
  figures.memory_bits += actor.at("memory_bits").get<std::int64_t>();
}

/// In each stage the slowest actor counts.
std::int64_t staged_cycles(const Json& actors) {
  std::map<std::int64_t, std::int64_t> slowest;
  for (const auto& actor : actors) {
    auto& cycles = slowest[actor.at("stage").get<std::int64_t>()];
    cycles = std::max(cycles, actor.at("cycles").get<std::int64_t>());
  }
  std::int64_t sum = 0;
  for (const auto& [stage, cycles] : slowest) sum += cycles;
  return sum;
}

/// The longest path over actors that read from each other; they stand after those that they read from.
std::int64_t critical_cycles(const Json& actors) {
  std::map<std::string, std::int64_t> done;
  std::int64_t last = 0;
  for (const auto& actor : actors) {
    std::int64_t start = 0;
    for (const auto& maker : actor.at("reads_from")) start = std::max(start, done[maker.get<std::string>()]);
    const std::int64_t end = start + actor.at("cycles").get<std::int64_t>();
    done[actor.at("name")] = end;
    last = std::max(last, end);
  }
  return last;
}

/// What all accelerators take, without the buffers and streams around them.
void add_actors(const Json& synthesis, Cells& cells) {
  for (const auto& module : synthesis.value("modules", Json::array())) {
    for (const char* name : {"area", "luts", "dsps"}) {
      if (!module.contains(name)) continue;
      cells.counts[fmt::format("actors_{}", name)] += module.value("instances", 1.0) * module[name].get<double>();
    }
  }
}

}  // namespace

Expected<Figures> figures_of_report(const std::string& text, const std::string& where) {
  try {
    const Json report = Json::parse(text);
    Figures figures;
    figures.macs = report.at("macs");
    const Json& cycles = report.at("cycles");
    figures.latency = maybe(cycles.at("latency"));
    figures.interval = maybe(cycles.at("interval"));
    figures.predicted_latency = cycles.at("predicted_latency");
    figures.predicted_interval = cycles.at("predicted_interval");
    figures.memory_bits = report.at("buffer_bits");
    for (const auto& actor : report.at("actors")) add_actor(actor, figures);
    figures.kernel_cycles = staged_cycles(report.at("actors"));
    figures.critical_cycles = critical_cycles(report.at("actors"));
    for (const auto& [stage, seconds] : report.at("seconds").items()) figures.compile_seconds += seconds.get<double>();
    figures.peak_mb = report.at("peak_rss_mb");
    return figures;
  } catch (const Json::exception& error) {
    return Diagnostic{where, error.what(), "is `sluice` of another version?"};
  }
}

std::optional<Cells> cells_of_report(const std::string& text) {
  const Json report = Json::parse(text, nullptr, false);
  if (!report.is_object() || !report.contains("synthesis") || report["synthesis"].empty()) return {};
  const Json& synthesis = report["synthesis"].back();
  Cells cells{synthesis.at("target"), synthesis.at("clock_ns"), {}};
  for (const char* name : {"cells", "area", "luts", "ffs", "dsps", "block_rams", "worst_slack_ps"}) {
    if (synthesis.contains(name)) cells.counts[name] = synthesis[name];
  }
  add_actors(synthesis, cells);
  return cells;
}

}  // namespace sluice::bench
