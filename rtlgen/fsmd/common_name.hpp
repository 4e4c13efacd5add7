#pragma once

#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// What the names of banks have in common: "x" of x_b0 and x_b1; the first one's name if that is nothing.
std::string common_name(const Kernel& kernel, const std::vector<ArrayId>& arrays);

}  // namespace sluice
