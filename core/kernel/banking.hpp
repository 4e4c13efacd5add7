#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/tensor.hpp"

namespace sluice {

/// One dimension dealt out over banks, `block` elements at a time and round-robin: element e goes to bank
/// (e / block) mod banks. (CYCLIC(block) of High Performance Fortran; block 1 is cyclic, a block of extent / banks is a
/// block partition.)
struct DimensionBanks {
  std::int64_t banks = 1;
  std::int64_t block = 1;
  bool operator==(const DimensionBanks&) const = default;
};

/// How a tensor's elements are dealt out over memories that are accessed at the same time.
struct Banking {
  Shape shape;                             ///< of the tensor, or of a view of it with the same row-major order
  std::vector<DimensionBanks> dimensions;  ///< one for each extent of `shape`
  bool operator==(const Banking&) const = default;
};

/// All in one bank.
Banking one_bank(const Shape& shape);

/// Banks are numbered row-major by their coordinates in the dimensions.
std::int64_t bank_count(const Banking& banking);
std::vector<std::int64_t> bank_coordinates(const Banking& banking, std::int64_t bank);

/// Extents of each bank, the same for all: where blocks don't divide an extent, some places of the last banks are not
/// used.
Shape bank_shape(const Banking& banking);

/// Where an element is.
struct BankPlace {
  std::int64_t bank = 0;
  std::int64_t address = 0;  ///< row-major in the bank's shape
  bool operator==(const BankPlace&) const = default;
};

/// The place of an element, given by its row-major number in the tensor.
BankPlace place_of(const Banking& banking, std::int64_t element);

/// The elements of one bank by address; -1 where no element is.
std::vector<std::int64_t> elements_of(const Banking& banking, std::int64_t bank);

/// Whether both put every element in the same place, whatever the views' shapes are.
bool same_places(const Banking& a, const Banking& b);

}  // namespace sluice
