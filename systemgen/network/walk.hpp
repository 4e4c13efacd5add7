#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/kernel/banking.hpp"
#include "systemgen/network/rows.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// One dimension of a walk through a tensor in its banks.
struct WalkDimension {
  std::int64_t extent = 1;
  DimensionBanks banks;
  std::int64_t address = 1;  ///< words of a bank from one of its indices to the next in this dimension
  std::int64_t bank = 1;     ///< from the number of a bank to that of the next in this dimension
  bool numbers_rows = false;
};

/// The dimensions of a stream's walk from element to element, innermost first; those with several indices. Rows are
/// outermost in each bank, wherever they are in the tensor. None where rows or order divide blocks of banks.
std::optional<std::vector<WalkDimension>> walk_through(const Banking& banking, const Rows& rows,
                                                       const StreamOrder& order);

/// The same walk with neighbours in one where that can say the same. With `rows_apart`, those that number rows and
/// those that don't stay apart.
std::vector<WalkDimension> joined(const std::vector<WalkDimension>& walk, bool rows_apart);

}  // namespace sluice
