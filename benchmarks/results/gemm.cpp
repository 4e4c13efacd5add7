#include <fmt/format.h>

#include "benchmarks/results/sections.hpp"

namespace sluice::bench {
namespace {

constexpr int kSizes[]{4, 8, 16, 32, 64, 128};
constexpr const char* kConfigurations[]{"O0", "O1", "O2-16", "O2-64", "O2-256"};

std::vector<std::string> row_of(int size, const Result& result) {
  const Figures& figures = *result.figures;
  return {fmt::format("{}", size),      result.configuration,
          number_text(figures.macs),    number_text(figures.kernel_cycles) + doubt_text(result),
          number_text(figures.latency), number_text(figures.multipliers),
          efficiency_text(figures),     fmt::format("{:.2f}", figures.compile_seconds)};
}

}  // namespace

Document gemm_section(const Results& results) {
  Table table{{"N", "configuration", "MACs", "cycles", "whole system", "multipliers", "efficiency", "compile s"}, {}};
  Plot cycles{"gemm by size", {"N", Scale::logarithmic}, {"cycles", Scale::logarithmic}, {}};
  Plot seconds{"gemm: compile time by size", {"N"}, {"seconds"}, {}};
  for (const char* configuration : kConfigurations) {
    cycles.series.push_back({configuration, {}});
    seconds.series.push_back({configuration, {}});
  }
  for (const int size : kSizes) {
    for (std::size_t i = 0; i < std::size(kConfigurations); ++i) {
      const Result* result = results.find(fmt::format("polybench/gemm_{}", size), kConfigurations[i]);
      if (!result) continue;
      table.rows.push_back(row_of(size, *result));
      cycles.series[i].points.emplace_back(size, static_cast<double>(result->figures->kernel_cycles));
      seconds.series[i].points.emplace_back(size, result->figures->compile_seconds);
    }
  }
  if (table.rows.empty()) return {};
  return {Heading{"gemm by size"}, Paragraph{"D = 1.5 A B + 1.2 C, float32, N x N."}, table, Figure{"gemm", cycles},
          Figure{"gemm_compile", seconds}};
}

}  // namespace sluice::bench
