#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/kernel/banking.hpp"
#include "systemgen/network/walk.hpp"

namespace sluice {

/// Equidistant banks that have a beat together.
struct BankParts {
  std::int64_t count = 1;
  std::int64_t apart = 1;  ///< from the number of one to that of the next
};

/// A tensor as a stream sees it: a tensor of beats, whose dimensions are in the order in which it walks through them.
/// All elements of a beat lie at one address of one row: in a group of banks, each of which has a part of the beat, of
/// `interleaved` elements one after another.
struct StreamView {
  std::vector<WalkDimension> dimensions;  ///< innermost first; of beats over groups of banks
  std::vector<BankParts> parts;           ///< a group, in as many dimensions, the nearest banks first
  std::int64_t words = 1;                 ///< of a bank in a frame, `interleaved` at a time
  std::int64_t interleaved = 1;           ///< a power of two: an address has the place in a part in its lowest bits
  std::vector<std::int64_t> places;       ///< of a beat's elements, those of one part after those of another

  /// Banks of a group.
  [[nodiscard]] std::int64_t together() const;
  /// The bank in which a group has a part of its beats.
  [[nodiscard]] std::int64_t bank(std::int64_t group, std::int64_t part) const;
};

/// None where the rows or the order divide blocks of banks, or where beats of so many elements would lie otherwise:
/// across rows or blocks of banks. Rows are outermost in each bank, wherever they are in the tensor.
std::optional<StreamView> stream_view(const Banking& banking, const Rows& rows, const StreamOrder& order,
                                      std::int64_t elements);

}  // namespace sluice
