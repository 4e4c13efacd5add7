#pragma once

#include <cstddef>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Gives integer values the width that their range needs (see `integer_ranges`), their sign's kind apart, and units
/// operands of that width; what is stored or read as bits gets its width back. Every stored bit stays. Products that
/// could share a multiplier still can; other units are cheaper than the multiplexers of wider ones. What can have one
/// value only becomes a constant. Returns how many values are narrower.
std::size_t narrow_integers(Kernel& kernel);

}  // namespace sluice
