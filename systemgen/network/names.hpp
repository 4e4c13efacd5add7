#pragma once

#include <set>
#include <string>

namespace sluice {

/// Hands out names that are legal in Verilog, short enough to be file names, and used only once.
class VerilogNames {
 public:
  /// `wanted` with illegal characters replaced and cut to a readable length; with a number behind it if it was claimed
  /// before.
  std::string claim(const std::string& wanted);

 private:
  std::set<std::string> taken_;
};

}  // namespace sluice
