#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Tensors that come from none of the kernels or go to none.
std::set<std::string> streamed_tensors(const std::vector<Kernel>& kernels);

/// Beats of at most so many bits for the largest of them: a stream carries one a cycle, so no dataflow system has a
/// shorter interval.
std::int64_t streamed_beats(const std::vector<Kernel>& kernels, std::int64_t bits);

}  // namespace sluice
