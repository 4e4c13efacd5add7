#include <fmt/format.h>

#include <algorithm>

#include "benchmarks/results/published.hpp"
#include "benchmarks/results/sections.hpp"

namespace sluice::bench {
namespace {

std::string tool_of(const PublishedFigure& figure) {
  const auto& sources = published().sources;
  return std::ranges::find(sources, figure.source, &Source::key)->tool;
}

/// What stands beside a published design: a design with as many multipliers at most; where it was made of the plain
/// loops, one with a multiplier for each accelerator.
const Result* beside(const Results& results, const PublishedFigure& figure) {
  if (figure.by_default) return results.find(figure.subject, "O1");
  return results.find(figure.subject, fmt::format("O2-{}", figure.budget()));
}

std::vector<std::string> row_of(const PublishedFigure& figure, const Result& result) {
  const Figures& ours = *result.figures;
  const std::string budget = figure.budget() > 0 ? number_text(figure.budget()) : "-";
  return {short_name(figure.subject),
          fmt::format("{}, {}", tool_of(figure), figure.variant),
          number_text(figure.cycles),
          budget,
          number_text(figure.luts),
          number_text(figure.dsps),
          result.configuration,
          number_text(ours.kernel_cycles) + doubt_text(result),
          number_text(ours.critical_cycles),
          number_text(ours.latency),
          number_text(ours.multipliers),
          number_text(ours.adders),
          efficiency_text(ours),
          cells_text(result, "actors_luts"),
          cells_text(result, "actors_dsps"),
          cells_text(result, "luts"),
          speedup_text(figure.cycles, ours.kernel_cycles)};
}

Table table_of(const Results& results, const std::string& suite) {
  Table table{{"kernel", "published", "cycles", "multipliers", "LUT", "DSP", "Sluice", "cycles", "critical",
               "whole system", "multipliers", "adders", "efficiency", "LUT", "DSP", "LUT of all", "times fewer cycles"},
              {}};
  for (const auto& figure : published().figures) {
    if (!figure.subject.starts_with(suite + "/")) continue;
    if (const Result* result = beside(results, figure)) table.rows.push_back(row_of(figure, *result));
  }
  return table;
}

Paragraph sources() {
  std::string text = "Sources.";
  for (const auto& source : published().sources) text += fmt::format(" {}: {}.", source.tool, source.text);
  return {text};
}

}  // namespace

Document published_section(const Results& results) {
  Document document{
      Heading{"Beside published designs"},
      Paragraph{
          "Cycles of published designs, and of Sluice with no more multipliers than they have: a published count "
          "of D DSP blocks stands for D / 3 float32 multipliers, rounded down. Only beside designs that a tool "
          "made of the plain loops stands -O1, which has at least one multiplier for each accelerator that "
          "multiplies. LUT and DSP are what Yosys makes of the accelerators; LUT of all, of the whole system with "
          "its buffers and streams."}};
  bool any = false;
  for (const char* suite : {"polybench", "kernels"}) {
    Table table = table_of(results, suite);
    if (table.rows.empty()) continue;
    any = true;
    document.emplace_back(std::move(table));
  }
  document.emplace_back(sources());
  return any ? document : Document{};
}

}  // namespace sluice::bench
