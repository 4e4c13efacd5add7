#include "core/kernel/array_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

std::string unique_array_name(const Kernel& kernel, const std::string& wanted) {
  std::string name = wanted;
  for (int i = 2; std::ranges::find(kernel.arrays, name, &Array::name) != kernel.arrays.end(); ++i)
    name = fmt::format("{}_{}", wanted, i);
  return name;
}

}  // namespace sluice
