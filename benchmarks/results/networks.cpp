#include <fmt/format.h>

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

/// MACs / (interval x multipliers).
std::string streaming_efficiency(const Figures& figures) {
  const auto most = static_cast<double>(figures.predicted_interval * figures.multipliers);
  return most > 0 ? fmt::format("{:.3f}", static_cast<double>(figures.macs) / most) : "-";
}

Table own_models(const Results& results) {
  Table table{{"model", "configuration", "MACs", "multipliers", "interval", "latency", "efficiency", "memory bits"},
              {}};
  for (const auto& result : results.all()) {
    if (result.suite != "models" || !result.figures) continue;
    const Figures& figures = *result.figures;
    table.rows.push_back(
        {result.subject, result.configuration, number_text(figures.macs), number_text(figures.multipliers),
         number_text(figures.predicted_interval) + doubt_text(result), number_text(figures.predicted_latency),
         streaming_efficiency(figures), number_text(figures.memory_bits)});
  }
  return table;
}

}  // namespace

Document networks_section(const Results& results) {
  Document document;
  if (Table models = own_models(results); !models.rows.empty()) {
    document.emplace_back(Heading{"Models"});
    document.emplace_back(Paragraph{
        "Whole systems: cycles between results and from the first element in to the last out. A configuration with "
        "`dataflow` has all accelerators at work at once, others run them one after another; each with the factors "
        "that are best for it. Efficiency is MACs / (interval x multipliers); memory bits are those of weights, "
        "scratch "
        "and buffers."});
    document.emplace_back(std::move(models));
  }
  document.emplace_back(Heading{"Networks on other tools"});
  document.emplace_back(Paragraph{"Published, or run and simulated for this comparison, as the sources above say."});
  document.emplace_back(published_networks());
  return document;
}

}  // namespace sluice::bench
