#include <fmt/format.h>

#include <algorithm>

#include "benchmarks/results/sections.hpp"

namespace sluice::bench {
namespace {

constexpr std::int64_t kBudgets[]{16, 64, 256};
constexpr std::int64_t kFewestMacs = 50000;  // smaller layers spend more on filling pipelines

/// The speed-up with so many multipliers, and what it can't exceed: a product a cycle in each of them.
void add_cells(const Results& results, const std::string& subject, const Figures& base, std::int64_t budget,
               std::vector<std::string>& row) {
  const Result* result = results.find(subject, fmt::format("O2-{}", budget));
  row.push_back(result ? speedup_text(base.kernel_cycles, result->figures->kernel_cycles) + doubt_text(*result) : "-");
  row.push_back(speedup_text(base.kernel_cycles * budget, base.macs));
}

}  // namespace

Document speedups_section(const Results& results) {
  Table table{{"layer", "-O0 cycles", "a MAC", "16", "at most", "64", "at most", "256", "at most"}, {}};
  for (const char* suite : {"layers", "kernels"}) {
    for (const auto& subject : results.subjects(suite)) {
      const Result* base = results.find(subject, "O0");
      if (!base || base->figures->macs < kFewestMacs) continue;
      const Figures& figures = *base->figures;
      const double each = static_cast<double>(figures.kernel_cycles) / static_cast<double>(figures.macs);
      std::vector<std::string> row{short_name(subject), number_text(figures.kernel_cycles) + doubt_text(*base),
                                   fmt::format("{:.2f}", each)};
      for (const auto budget : kBudgets) add_cells(results, subject, figures, budget, row);
      table.rows.push_back(std::move(row));
    }
  }
  if (table.rows.empty()) return {};
  return {
      Heading{"Speed-up over -O0"},
      Paragraph{fmt::format("Layers of at least {} MACs by the multipliers allowed. No design can be faster than one "
                            "product a cycle in every multiplier: cycles of -O0 for a MAC x multipliers.",
                            number_text(kFewestMacs))},
      table};
}

}  // namespace sluice::bench
