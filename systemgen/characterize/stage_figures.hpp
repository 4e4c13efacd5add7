#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

/// What synthesis makes of one piece of hardware between registers.
struct StageFigures {
  double period_ps = 0;  ///< the least at which the stage works, registers counted; 0 if it was not measured
  double area = 0;       ///< of its logic
  int dsps = 0;          ///< hard multipliers
};

/// Measures the stages of a Verilog text with a module `unit_top` (see `wrapper`): at least those that are wanted.
using Measure = std::function<Expected<std::vector<StageFigures>>(const std::string& text,
                                                                  const std::function<bool(int stage)>& wanted)>;

}  // namespace sluice
