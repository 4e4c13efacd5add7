#include <algorithm>

#include "benchmarks/results/published.hpp"
#include "benchmarks/results/sections.hpp"

namespace sluice::bench {
namespace {

Table published_networks() {
  Table table{{"network", "tool", "numbers", "MACs", "multipliers", "cycles"}, {}};
  for (const auto& network : published().networks) {
    const auto source = std::ranges::find(published().sources, network.source, &Source::key);
    table.rows.push_back({network.network, source->tool, network.element, number_text(network.macs),
                          network.multipliers.empty() ? "-" : network.multipliers, number_text(network.cycles)});
  }
  return table;
}

Table own_models(const Results& results) {
  Table table{{"model", "configuration", "MACs", "multipliers", "cycles", "whole system", "efficiency"}, {}};
  for (const auto& result : results.all()) {
    if (result.suite != "models" || !result.figures) continue;
    const Figures& figures = *result.figures;
    table.rows.push_back({result.subject, result.configuration, number_text(figures.macs),
                          number_text(figures.multipliers), number_text(figures.kernel_cycles) + doubt_text(result),
                          number_text(figures.latency), efficiency_text(figures)});
  }
  return table;
}

}  // namespace

Document networks_section(const Results& results) {
  Document document;
  if (Table models = own_models(results); !models.rows.empty()) {
    document.emplace_back(Heading{"Models"});
    document.emplace_back(std::move(models));
  }
  document.emplace_back(Heading{"Networks on other tools"});
  document.emplace_back(Paragraph{"Published, or run and simulated for this comparison, as the sources above say."});
  document.emplace_back(published_networks());
  return document;
}

}  // namespace sluice::bench
