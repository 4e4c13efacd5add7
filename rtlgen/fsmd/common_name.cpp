#include "rtlgen/fsmd/common_name.hpp"

#include <algorithm>

namespace sluice {

std::string common_name(const Kernel& kernel, const std::vector<ArrayId>& arrays) {
  std::string name = kernel.array(arrays.front()).name;
  if (arrays.size() == 1) return name;
  for (const auto array : arrays) {
    const auto& other = kernel.array(array).name;
    name.resize(static_cast<std::size_t>(std::ranges::mismatch(name, other).in1 - name.begin()));
  }
  const auto end = name.rfind('_');
  return end == std::string::npos || end == 0 ? kernel.array(arrays.front()).name : name.substr(0, end);
}

}  // namespace sluice
