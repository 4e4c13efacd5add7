#pragma once

#include <string>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// The wanted name, or "name_2", "name_3" .. if the kernel has an array of that name.
std::string unique_array_name(const Kernel& kernel, const std::string& wanted);

}  // namespace sluice
