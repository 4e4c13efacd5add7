#include "benchmarks/runner/compare.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "systemgen/synth/tool.hpp"

namespace sluice::bench {
namespace {

using Json = nlohmann::json;

/// Whether the case came as far as it can: a refusal where there was a design is worse.
bool good(Outcome outcome) { return outcome == Outcome::verified || outcome == Outcome::compiled; }

void compare_figures(const std::string& name, const Expectation& now, const Expectation& before, Comparison& result) {
  for (const auto& [figure, old] : before.figures) {
    const auto found = now.figures.find(figure);
    if (found == now.figures.end()) continue;
    const double value = found->second;
    const std::string text = fmt::format("{}: {} {}, was {}", name, figure, value, old);
    if (value > old * (1 + kTolerance)) result.worse.push_back(text);
    if (value < old * (1 - kTolerance)) result.better.push_back(text);
  }
}

void compare_case(const Result& result, const Expectation& before, Comparison& comparison) {
  const Expectation now = expectation_of(result);
  if (now.outcome != before.outcome) {
    const std::string text =
        fmt::format("{}: {}, was {}{}", result.name(), to_string(now.outcome), to_string(before.outcome),
                    result.message.empty() ? "" : "; " + result.message.substr(0, result.message.find('\n')));
    (good(now.outcome) && !good(before.outcome) ? comparison.better : comparison.worse).push_back(text);
  }
  compare_figures(result.name(), now, before, comparison);
}

}  // namespace

Expectation expectation_of(const Result& result) {
  Expectation expectation{result.outcome, {}};
  if (const auto& figures = result.figures) {
    expectation.figures = {{"cycles", figures->kernel_cycles},
                           {"latency", figures->predicted_latency},
                           {"interval", figures->predicted_interval},
                           {"multipliers", figures->multipliers},
                           {"units", figures->units},
                           {"register_bits", figures->register_bits},
                           {"memory_bits", figures->memory_bits}};
  }
  if (result.cells) {
    for (const auto& [name, count] : result.cells->counts) {
      if (name != "worst_slack_ps") expectation.figures["synth_" + name] = count;
    }
  }
  return expectation;
}

Expected<Baseline> read_baseline(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (!text) return text.errors();
  try {
    const Json cases = Json::parse(*text);
    Baseline baseline;
    for (const auto& [name, json] : cases.items()) {
      baseline[name] = {outcome_of(json.at("outcome")), json.at("figures")};
    }
    return baseline;
  } catch (const Json::exception& error) {
    return Diagnostic{file.string(), error.what(), "is it a baseline?"};
  }
}

std::string json_text(const Baseline& baseline) {
  std::string text;
  for (const auto& [name, expectation] : baseline) {
    Json figures = Json::object();
    for (const auto& [figure, value] : expectation.figures) {
      if (value == static_cast<double>(static_cast<std::int64_t>(value))) {
        figures[figure] = static_cast<std::int64_t>(value);
      } else {
        figures[figure] = value;
      }
    }
    const Json json{{"outcome", to_string(expectation.outcome)}, {"figures", figures}};
    text += fmt::format("{}  {}: {}", text.empty() ? "" : ",\n", Json(name).dump(), json.dump());
  }
  return "{\n" + text + "\n}\n";
}

Comparison compare(const std::vector<Result>& results, const Baseline& baseline) {
  Comparison comparison;
  for (const auto& result : results) {
    const auto found = baseline.find(result.name());
    if (found == baseline.end()) {
      comparison.added.push_back(result.name());
      continue;
    }
    ++comparison.compared;
    compare_case(result, found->second, comparison);
  }
  return comparison;
}

}  // namespace sluice::bench
