#include "systemgen/choose/streamed_beats.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/arith/floor_div.hpp"

namespace sluice {

std::int64_t streamed_beats(const std::vector<Kernel>& kernels, std::int64_t bits) {
  std::map<std::string, std::pair<std::set<ArrayRole>, std::int64_t>> tensors;  // roles of its arrays, beats
  for (const auto& kernel : kernels) {
    for (const auto& array : kernel.arrays) {
      if (array.tensor.empty()) continue;
      auto& [roles, beats] = tensors[array.tensor];
      roles.insert(array.role);
      beats = ceil_div(element_count(array.shape) * array.type.width(), bits);
    }
  }
  std::int64_t most = 0;
  for (const auto& [name, tensor] : tensors) {
    if (tensor.first.size() == 1) most = std::max(most, tensor.second);
  }
  return most;
}

}  // namespace sluice
