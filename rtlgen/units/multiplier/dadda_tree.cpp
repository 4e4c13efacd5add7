#include "rtlgen/units/multiplier/dadda_tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

int height(const BitColumns& columns) {
  std::size_t most = 0;
  for (const auto& column : columns) most = std::max(most, column.size());
  return static_cast<int>(most);
}

int dadda_height(int height) {
  int below = 2;
  while (below * 3 / 2 < height) below = below * 3 / 2;
  return below;
}

std::vector<AdderInputs> dadda_stage(BitColumns& columns, const std::string& sum, const std::string& carry) {
  const auto most = static_cast<std::size_t>(dadda_height(height(columns)));
  std::vector<AdderInputs> adders;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    auto& column = columns[k];
    while (column.size() > most) {
      const bool half = column.size() == most + 1;
      adders.push_back({column[0], column[1], half ? "1'b0" : column[2]});
      column.erase(column.begin(), column.begin() + (half ? 2 : 3));
      // At the end, behind what was there before this stage: a bit taken up again at once would make a ripple.
      column.push_back(fmt::format("{}[{}]", sum, adders.size() - 1));
      if (k + 1 < columns.size()) columns[k + 1].push_back(fmt::format("{}[{}]", carry, adders.size() - 1));
    }
  }
  return adders;
}

}  // namespace sluice
