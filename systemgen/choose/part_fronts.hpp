#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"
#include "systemgen/choose/known_front.hpp"

namespace sluice {

/// The fronts of all kernels that neighbouring nests of one may become; at least that of the whole.
using PartFronts = std::map<NestRange, KnownFront>;

/// Builds a kernel without lanes: with one multiplier of each kind, or as many as it would like.
using BuildPlain = std::function<Expected<BuiltCycles>(const Kernel& kernel, bool one_multiplier)>;

/// Of the kernel as a whole and of all parts between the cuts, which are legal. Of a kernel of several nests, and of
/// its parts, the points without lanes are built, so that they are compared by cycles, unless `build` is empty. Errors:
/// a part is wrong, or can't be built.
Expected<PartFronts> part_fronts(const Kernel& kernel, const std::vector<std::size_t>& cuts, const std::string& prefix,
                                 const std::function<FrontOptions(const Kernel&)>& options_of, const BuildPlain& build);

/// The best points of a kernel that may be split: for every number of iterations of the slowest part, the fewest
/// multipliers, then the fewest parts. It is split only where that takes fewer multipliers.
std::vector<KernelPoint> split_front(const Kernel& kernel, const PartFronts& fronts);

}  // namespace sluice
