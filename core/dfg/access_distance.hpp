#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// What a load, lookup or store touches, as far as it is known beforehand.
struct AccessPattern {
  bool is_affine = true;                     ///< false of a lookup: any element
  bool takes_place = true;                   ///< false if its guard never lets it
  AffineExpr address;                        ///< the element's number in the array
  AffineExpr::Range addresses;               ///< all that the address can be
  std::vector<AffineExpr::Range> iterators;  ///< of each loop, token loops first, where the access takes place
};

AccessPattern access_pattern(const Kernel& kernel, const Nest& nest, const Op& op);

/// The smallest d >= `least` such that `from` in some iteration and `to` d iterations later can touch the same element
/// of the array that both access, iterations counted over all loops, whose trips are `trips`; none if they never can.
/// Exact where both addresses are affine with equal coefficients; otherwise `least`, unless the addresses that the two
/// can reach don't overlap at all.
///
/// Counting token loops in is safe for kernels of several nests too: there, other nests run in between.
std::optional<std::int64_t> access_distance(const std::vector<std::int64_t>& trips, const AccessPattern& from,
                                            const AccessPattern& to, std::int64_t least);

}  // namespace sluice
