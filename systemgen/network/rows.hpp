#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/kernel/kernel.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// A tensor as rows: element e of its row-major order is in row (e / inner) mod count. A row is the unit in which a
/// tensor is handed on; the whole tensor may be one.
struct Rows {
  std::int64_t count = 1;
  std::int64_t inner = 1;  ///< elements that lie together in a row
  bool operator==(const Rows&) const = default;
};

/// All of a tensor in one row.
Rows one_row(std::int64_t elements);

/// Dimensions of an array that number its rows: from `first` to before `end`.
struct RowDimensions {
  std::size_t first = 0;
  std::size_t end = 0;
};

/// None where the rows are no dimensions of the view, or are dealt out over banks.
std::optional<RowDimensions> row_dimensions(const Banking& banking, const Rows& rows);
std::optional<RowDimensions> row_dimensions(const Array& array, const Rows& rows);

/// When the user of a tensor comes to its rows, by firing of a frame.
struct RowUse {
  std::vector<std::int64_t> reached;  ///< rows up to the last that this firing or one before it accesses
  std::vector<std::int64_t> left;     ///< rows before the first that a later firing accesses; all after the last
};

/// How a kernel goes through the rows of one of its input or output tensors: those that its affine indices can come to,
/// whatever guards say, so never too few. All of its arrays must have row dimensions.
RowUse row_use(const Kernel& kernel, const std::string& tensor, ArrayRole role, const Rows& rows);

/// Elements that a stream passes one after another in one row, wherever it is: a firing of its port.
std::int64_t run_length(const StreamOrder& order, const Rows& rows);

/// How a stream of so many elements goes through the rows, run by run.
RowUse row_use(const StreamOrder& order, std::int64_t elements, const Rows& rows);

/// Most rows that the user works on in one firing.
std::int64_t working_set(const RowUse& use);

}  // namespace sluice
