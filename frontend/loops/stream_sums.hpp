#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// A tensor as it is made.
struct MadeTensor {
  Shape shape;
  std::vector<std::size_t> rows;  ///< dimensions that count its rows, one of which is complete after the other
};

/// Lets a kernel that reduces over rows of its input take each row in a firing of its own, as it comes: what is folded
/// from a row is added to results so far, which a scratch array keeps from firing to firing. So a product with a
/// flattened image, or a mean over one, needs a few rows at a time instead of the whole tensor, and is ready soon after
/// the last row. `made`: how tensors are made, by name; one that is not there is not made in rows.
///
/// Terms are folded in another grouping. Changes nothing, and returns 0, where a firing would have fewer than `turn`
/// iterations, as many as a result takes to be added to and to be there again, or results are so many that it does not
/// pay, or the fold is a product, since that would need one more multiplier.
std::size_t stream_sums(Kernel& kernel, const std::map<std::string, MadeTensor>& made, std::int64_t turn);

}  // namespace sluice
