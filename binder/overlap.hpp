#pragma once

#include <string>
#include <vector>

#include "core/diag/diagnostic.hpp"

namespace sluice {

/// One use of a unit, register or port: `cycles` cycles from `start` on, and again every ii cycles.
struct TimedUse {
  int start = 0;
  int cycles = 1;
  std::string what;
};

/// Uses of one thing by the same or different iterations at one time.
Diagnostics find_overlaps(const std::string& where, std::vector<TimedUse> uses, int ii);

}  // namespace sluice
