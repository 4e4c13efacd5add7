#include "frontend/loops/part_prefixes.hpp"

#include <set>

namespace sluice {

std::vector<std::string> part_prefixes(const std::vector<Kernel>& kernels) {
  std::set<std::string> taken;
  for (const auto& kernel : kernels) {
    for (const auto& array : kernel.arrays) taken.insert(array.tensor);
  }
  const auto is_taken = [&](const std::string& start) {
    const auto next = taken.lower_bound(start);
    return next != taken.end() && next->starts_with(start);
  };
  std::vector<std::string> prefixes;
  for (const auto& kernel : kernels) {
    std::string prefix = kernel.name;
    while (is_taken(prefix + ".")) prefix += "_";
    taken.insert(prefix + ".");
    prefixes.push_back(std::move(prefix));
  }
  return prefixes;
}

}  // namespace sluice
