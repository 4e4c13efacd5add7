#pragma once

#include <cstdint>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Beats of so many bits for the largest tensor that comes from none of the kernels or goes to none: a stream carries
/// one a cycle, so no dataflow system has a shorter interval.
std::int64_t streamed_beats(const std::vector<Kernel>& kernels, std::int64_t bits);

}  // namespace sluice
