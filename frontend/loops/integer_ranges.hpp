#pragma once

#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Holds the exact value of every integer type, and sums of them.
__extension__ typedef __int128 WideInteger;

struct IntegerRange {
  WideInteger low = 0;
  WideInteger high = 0;

  [[nodiscard]] bool contains(const IntegerRange& other) const { return low <= other.low && other.high <= high; }
  bool operator==(const IntegerRange&) const = default;
};

/// All values of an integer type.
IntegerRange range_of(ScalarType type);

/// The narrowest type of the same kind (at least 2 bits if signed) that has the range; never wider.
ScalarType narrowest(ScalarType type, const IntegerRange& range);

/// Values of a weight's elements.
IntegerRange contents_range(const Array& weight);

/// For each operation of a nest's body: values that it can take where it is defined; of floats, nothing. By interval
/// arithmetic from types, constants, weights and trips; a sum over K iterations of a reduction adds its term K times.
/// Never too small.
std::vector<IntegerRange> integer_ranges(const Kernel& kernel, const Nest& nest);

}  // namespace sluice
