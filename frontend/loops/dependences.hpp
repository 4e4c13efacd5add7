#pragma once

#include <cstddef>
#include <span>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Whether accesses to the kernel's own arrays happen in the same order, where it matters, with the nest's loops in
/// this order (place i gets loop order[i]). Guards are not looked at: it may say no where they exclude a conflict.
bool keeps_array_order(const Kernel& kernel, const Nest& nest, std::span<const std::size_t> order);

}  // namespace sluice
