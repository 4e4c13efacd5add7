#pragma once

#include <cstdint>
#include <optional>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// The smallest d >= `least` such that `from` in some iteration and `to` d iterations later can touch the same element
/// of the array that both access, iterations counted over the token loops and the nest's loops together; none if they
/// never can. Exact where both addresses are affine with equal coefficients; otherwise `least`, unless the addresses
/// that the two can reach don't overlap at all.
///
/// Counting token loops in is safe for kernels of several nests too: there, other nests run in between.
std::optional<std::int64_t> access_distance(const Kernel& kernel, const Nest& nest, const Op& from, const Op& to,
                                            std::int64_t least);

}  // namespace sluice
