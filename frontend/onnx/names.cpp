#include "frontend/onnx/names.hpp"

#include <fmt/format.h>

namespace sluice {

std::string UniqueNames::claim(const std::string& wanted) {
  std::string name = wanted;
  for (int i = 2; !used_.insert(name).second; ++i) name = fmt::format("{}_{}", wanted, i);
  return name;
}

}  // namespace sluice
