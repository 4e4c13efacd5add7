#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// One of the banks that an access can go to in one dimension.
struct BankPiece {
  std::int64_t block = 0;       ///< number of the block that the index falls into, without the static part
  std::int64_t coordinate = 0;  ///< of the bank
  AffineExpr local;             ///< index in the bank
};

/// One dimension of an access to an array in banks. The index is a static part (a multiple of banks * block for all
/// iterators) and `rest`; which bank it is depends on `rest` alone.
struct BankDimension {
  AffineExpr rest;
  std::int64_t block = 1;
  std::vector<BankPiece> pieces;  ///< by increasing block; one, or those that the iterators choose from

  /// The condition that the index is in piece `from` or a later one.
  [[nodiscard]] Condition at_least(std::size_t from) const;
  /// All conditions of one piece, given that it is one of `pieces`.
  [[nodiscard]] std::vector<Condition> conditions(std::size_t piece) const;
};

/// Conditions on the iterators under which an access takes place; none if they are not all affine.
std::optional<std::vector<Condition>> access_conditions(const Nest& nest, const Op& access);

/// The banks that an access can go to, for each dimension.
std::vector<BankDimension> bank_dimensions(const Kernel& kernel, const Nest& nest, const Op& access,
                                           const Banking& banking);

/// Whether the conditions provably never hold together.
bool never_together(std::span<const std::int64_t> trips, const std::vector<Condition>& conditions);

}  // namespace sluice
