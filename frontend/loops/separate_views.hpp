#pragma once

#include <cstddef>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Gives loads of one input from different places, as in the product of a matrix with itself, views of their own: arrays
/// of the same tensor, each with a port, so that they can take place in one cycle. No banks would help, since each load
/// goes everywhere. The tensor's buffer then has as many copies, at most four; loads that provably never take place in
/// the same iteration share one. Returns how many views are new.
std::size_t separate_views(Kernel& kernel);

}  // namespace sluice
