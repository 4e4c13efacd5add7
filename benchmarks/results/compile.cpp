#include <fmt/format.h>

#include <algorithm>

#include "benchmarks/results/sections.hpp"

namespace sluice::bench {
namespace {

/// "chains/chain_16" is of 16 layers.
int length_of(const std::string& subject) { return std::stoi(subject.substr(subject.rfind('_') + 1)); }

Table chain_table(const Results& results) {
  Table table{{"layers", "configuration", "multipliers", "compile s", "peak MB"}, {}};
  for (const auto& result : results.all()) {
    if (result.suite != "chains" || !result.figures) continue;
    table.rows.push_back(
        {fmt::format("{}", length_of(result.subject)), result.configuration, number_text(result.figures->multipliers),
         fmt::format("{:.2f}", result.figures->compile_seconds), fmt::format("{:.0f}", result.figures->peak_mb)});
  }
  std::ranges::stable_sort(table.rows, {}, [](const auto& row) { return std::stoi(row[0]); });
  return table;
}

Plot chain_plot(const Results& results) {
  Plot plot{"Compile time by layers", {"convolutions in a chain"}, {"seconds"}, {{"-O1", {}}, {"-O2, 16 each", {}}}};
  for (const auto& subject : results.subjects("chains")) {
    const int length = length_of(subject);
    const std::string budget = fmt::format("O2-{}", 16 * length);
    for (std::size_t i = 0; i < 2; ++i) {
      const Result* result = results.find(subject, i == 0 ? "O1" : budget);
      if (result) plot.series[i].points.emplace_back(length, result->figures->compile_seconds);
    }
  }
  return plot;
}

Plot multiplier_plot(const Results& results) {
  Plot plot{"Compile time by multipliers", {"multipliers built"}, {"seconds"}, {}};
  for (const auto& subject : results.subjects("layers")) {
    Series series{short_name(subject), {}};
    for (const int budget : {1, 4, 16, 64, 256}) {
      const Result* result = results.find(subject, fmt::format("O2-{}", budget));
      if (!result) continue;
      series.points.emplace_back(static_cast<double>(result->figures->multipliers), result->figures->compile_seconds);
    }
    plot.series.push_back(std::move(series));
  }
  return plot;
}

}  // namespace

Document compile_section(const Results& results) {
  Document document{Heading{"Compile time"}};
  const Plot layers = multiplier_plot(results);
  if (!layers.series.empty()) document.emplace_back(Figure{"compile_multipliers", layers});
  Table chains = chain_table(results);
  if (!chains.rows.empty()) {
    document.emplace_back(
        Paragraph{"Chains of convolutions 3x3, 8 to 8 channels, 8x8, each with a Relu; -O2 with 16 "
                  "multipliers for each layer:"});
    document.emplace_back(std::move(chains));
    document.emplace_back(Figure{"compile_layers", chain_plot(results)});
  }
  return document.size() > 1 ? document : Document{};
}

}  // namespace sluice::bench
