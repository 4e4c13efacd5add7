#pragma once

#include <set>
#include <string>

namespace sluice {

/// Hands out names that are used only once.
class UniqueNames {
 public:
  /// `wanted` if it is still free, else with the first free number behind it: "relu", "relu_2", "relu_3".
  std::string claim(const std::string& wanted);

 private:
  std::set<std::string> used_;
};

}  // namespace sluice
