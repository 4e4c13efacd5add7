#include <fmt/format.h>

#include <algorithm>

#include "benchmarks/results/published.hpp"
#include "benchmarks/results/sections.hpp"

namespace sluice::bench {
namespace {

std::string area_text(const Result& result, const std::string& name) {
  if (!result.cells) return "-";
  const auto found = result.cells->counts.find(name);
  return found == result.cells->counts.end() ? "-" : number_text(static_cast<std::int64_t>(found->second + 0.5));
}

std::vector<std::string> own_row(const Result& result) {
  const Figures& figures = *result.figures;
  return {result.subject,
          fmt::format("Sluice, {}", result.configuration),
          fmt::format("{} ns", result.clock_ns),
          number_text(figures.kernel_cycles) + doubt_text(result),
          number_text(figures.multipliers),
          number_text(figures.adders),
          area_text(result, "actors_area"),
          area_text(result, "area"),
          cells_text(result, "worst_slack_ps")};
}

std::vector<std::string> published_row(const PublishedFigure& figure) {
  const auto& sources = published().sources;
  return {short_name(figure.subject),
          fmt::format("{}, {}", std::ranges::find(sources, figure.source, &Source::key)->tool, figure.variant),
          "-",
          number_text(figure.cycles),
          number_text(figure.multipliers),
          number_text(figure.adders),
          number_text(static_cast<std::int64_t>(*figure.area_um2)),
          "-",
          "-"};
}

}  // namespace

Document area_section(const Results& results) {
  Table table{{"kernel", "design", "clock", "cycles", "multipliers", "adders", "um2", "um2 of all", "slack ps"}, {}};
  for (const auto& subject : results.subjects("standard_cells")) {
    for (const auto& figure : published().figures) {
      if (figure.area_um2 && short_name(figure.subject) == short_name(subject))
        table.rows.push_back(published_row(figure));
    }
    for (const auto& result : results.all()) {
      if (result.figures && result.suite + "/" + result.subject == subject) table.rows.push_back(own_row(result));
    }
  }
  if (table.rows.empty()) return {};
  return {
      Heading{"Area in standard cells"},
      Paragraph{"asap7, by Yosys and OpenSTA, without wires; um2 are those of the accelerators, um2 of all with the "
                "buffers and streams around them. Published designs: cycles at their clock, 5 ns in Nangate45; area "
                "of their published Verilog on asap7."},
      table};
}

}  // namespace sluice::bench
