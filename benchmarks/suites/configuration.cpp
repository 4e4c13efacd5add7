#include <fmt/format.h>

#include <algorithm>

#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {

std::string Configuration::name() const {
  const std::string system = dataflow ? "-dataflow" : "";
  return multipliers > 0 ? fmt::format("O{}-{}{}", level, multipliers, system) : fmt::format("O{}{}", level, system);
}

std::vector<Configuration> with_multipliers(const std::vector<std::int64_t>& budgets) {
  std::vector<Configuration> configurations;
  for (const auto budget : budgets) configurations.push_back({2, budget});
  return configurations;
}

std::vector<Configuration> all_configurations(const std::vector<std::int64_t>& budgets) {
  std::vector<std::int64_t> all{1, 4, 16, 64, 256};
  all.insert(all.end(), budgets.begin(), budgets.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::vector<Configuration> configurations{{0, 0}, {1, 0}};
  for (const auto& configuration : with_multipliers(all)) configurations.push_back(configuration);
  return configurations;
}

std::vector<Configuration> as_dataflow(std::vector<Configuration> configurations) {
  for (auto& configuration : configurations) configuration.dataflow = true;
  return configurations;
}

}  // namespace sluice::bench
