#include "systemgen/choose/streamed_beats.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/arith/floor_div.hpp"
#include "systemgen/network/stream_beat.hpp"

namespace sluice {

std::set<std::string> streamed_tensors(const std::vector<Kernel>& kernels) {
  std::map<std::string, std::set<ArrayRole>> roles;
  for (const auto& kernel : kernels) {
    for (const auto& array : kernel.arrays) {
      if (!array.tensor.empty()) roles[array.tensor].insert(array.role);
    }
  }
  std::set<std::string> tensors;
  for (const auto& [tensor, of_tensor] : roles) {
    if (of_tensor.size() == 1) tensors.insert(tensor);
  }
  return tensors;
}

std::int64_t streamed_beats(const std::vector<Kernel>& kernels, std::int64_t bits) {
  const auto tensors = streamed_tensors(kernels);
  std::int64_t most = 0;
  for (const auto& kernel : kernels) {
    for (const auto& array : kernel.arrays) {
      if (tensors.contains(array.tensor))
        most = std::max(most, ceil_div(element_count(array.shape), elements_of_beat(array.type, bits)));
    }
  }
  return most;
}

}  // namespace sluice
