#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// How a nest is made to work on several results at once, so that an accumulation waits for its own last sum only every
/// `distance` iterations.
struct Rotation {
  std::vector<std::int64_t> tiles;  ///< for each loop outside the reduction: so many of its iterations go innermost
  std::size_t split_loop = 0;       ///< of the reduction (numbered in the nest): dealt out over the lanes
  std::int64_t lanes = 1;           ///< partial results of one result; a power of two
  std::int64_t distance = 1;        ///< the tiles' product times the lanes: results in flight
  std::int64_t iterations = 0;      ///< of the nest afterwards; more than before where tiles or lanes don't divide
};

struct RotationOptions {
  std::int64_t least_distance = 1;
  bool split_reductions = true;  ///< may add a result's terms in another order
};

/// The cheapest rotation of a nest: few iterations that do nothing, then few results in flight. `parallel` are the
/// trips of the loops outside the reduction, `reduction` those inside. None if `least_distance` can't be reached.
std::optional<Rotation> choose_rotation(std::span<const std::int64_t> parallel, std::span<const std::int64_t> reduction,
                                        const RotationOptions& options);

/// Rotates the accumulations of a nest: tiles of the loops outside the reduction, and lanes of it, become the innermost
/// loops, and each running result is the one of `distance` iterations ago. (Interleaving of independent recurrences;
/// Kuck 1978, loop interchange under a reduction.) Iterations beyond a loop's end load and store nothing. Lanes are
/// added up as a tree, in the last lane's iteration. Returns the rotation; none, and the nest is as it was, where there
/// is nothing to rotate or not enough of it.
std::optional<Rotation> rotate_accumulations(Kernel& kernel, std::size_t nest, const RotationOptions& options);

}  // namespace sluice
