#pragma once

#include <cstdint>
#include <optional>

#include "core/kernel/banking.hpp"
#include "systemgen/network/rows.hpp"

namespace sluice {

/// A tensor as a stream sees it whose beats have several elements: a tensor of beats. All elements of a beat lie at one
/// address of one row: in `together` neighbouring banks, in each of them `interleaved` one after another.
struct WideView {
  Banking banking;  ///< of beats over groups of banks
  Rows rows;        ///< `inner` counts beats
  std::int64_t together = 1;
  std::int64_t interleaved = 1;  ///< a power of two, so that an address has the place in a beat in its lowest bits
};

/// None where beats of so many elements, in row-major order, would lie otherwise: across rows or blocks of banks.
std::optional<WideView> wide_view(const Banking& banking, const Rows& rows, std::int64_t elements);

}  // namespace sluice
