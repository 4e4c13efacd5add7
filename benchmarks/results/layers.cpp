#include <fmt/format.h>

#include "benchmarks/results/sections.hpp"

namespace sluice::bench {
namespace {

constexpr std::int64_t kBudgets[]{1, 4, 16, 64, 256};

std::string with(std::int64_t budget) { return fmt::format("O2-{}", budget); }

std::string cycles_text(const Result* result) {
  return result ? number_text(result->figures->kernel_cycles) + doubt_text(*result) : "-";
}

/// "0.577 / 16, at most 0.656": what is reached, the multipliers built, and the bound where their number has one.
std::string efficiency_cell(const Result* result) {
  if (!result) return "-";
  const Figures& figures = *result->figures;
  std::string text = fmt::format("{} / {}", efficiency_text(figures), figures.multipliers);
  const double bound = figures.actors.size() == 1 ? figures.actors.front().efficiency_bound : 1;
  if (bound < 1) text += fmt::format(", at most {:.3f}", bound);
  return text + doubt_text(*result);
}

std::vector<std::string> efficiency_row(const Results& results, const std::string& subject, std::int64_t macs) {
  std::vector<std::string> row{short_name(subject), number_text(macs)};
  for (const auto budget : kBudgets) row.push_back(efficiency_cell(results.find(subject, with(budget))));
  return row;
}

std::vector<std::string> cycles_row(const Results& results, const std::string& subject) {
  std::vector<std::string> row{short_name(subject), cycles_text(results.find(subject, "O0")),
                               cycles_text(results.find(subject, "O1"))};
  for (const auto budget : kBudgets) row.push_back(cycles_text(results.find(subject, with(budget))));
  return row;
}

Series efficiency_series(const Results& results, const std::string& subject) {
  Series series{short_name(subject), {}};
  for (const auto budget : kBudgets) {
    const Result* result = results.find(subject, with(budget));
    const auto efficiency = result ? result->figures->efficiency() : std::nullopt;
    if (efficiency) series.points.emplace_back(budget, *efficiency);
  }
  return series;
}

}  // namespace

Document layers_section(const Results& results) {
  Table efficiencies{{"layer", "MACs", "1", "4", "16", "64", "256"}, {}};
  Table cycles{{"layer", "-O0", "-O1", "1", "4", "16", "64", "256"}, {}};
  Plot plot{"MAC efficiency by multipliers", {"multipliers allowed", Scale::logarithmic}, {"efficiency"}, {}};
  for (const auto& subject : results.subjects("layers")) {
    std::int64_t macs = 0;
    for (const auto& result : results.all()) {
      if (result.suite + "/" + result.subject == subject && result.figures) macs = result.figures->macs;
    }
    efficiencies.rows.push_back(efficiency_row(results, subject, macs));
    cycles.rows.push_back(cycles_row(results, subject));
    plot.series.push_back(efficiency_series(results, subject));
  }
  if (cycles.rows.empty()) return {};
  return {Heading{"Layers"},
          Paragraph{"Single operators of LeNet, ResNet and MobileNet, float32; images are smaller than in the networks "
                    "where a simulation would take long. MAC efficiency / multipliers built, by the multipliers "
                    "allowed, and what it can be at most where lanes don't divide a loop's trip:"},
          efficiencies,
          Figure{"efficiency", plot},
          Paragraph{"Cycles by the multipliers allowed:"},
          cycles};
}

}  // namespace sluice::bench
