#pragma once

#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// For each kernel of a network, a prefix for the tensors between its parts: its name, with something behind it where
/// a tensor or another kernel's prefix begins so.
std::vector<std::string> part_prefixes(const std::vector<Kernel>& kernels);

}  // namespace sluice
