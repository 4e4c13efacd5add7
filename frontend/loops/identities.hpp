#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// What an operation is worth: another value of the body, or a simpler operation.
using Simpler = std::variant<OpId, Op>;

/// Whether a float is always what the units make of it: no subnormal, and the one quiet NaN. (Not so what comes from
/// outside, whose bits may be anything, and a NaN with its sign flipped.) `body` up to the value.
bool is_canonical(const std::vector<Op>& body, OpId value);

/// The simpler form of an operation whose operands are in `body`, exact for all their values; none if it has none. One
/// step: the result may have a simpler form again. Undefined results may become defined.
std::optional<Simpler> simplify_integer(const std::vector<Op>& body, const Op& op);
std::optional<Simpler> simplify_float(const std::vector<Op>& body, const Op& op);
/// Of select, convert and bitcast, whatever their types.
std::optional<Simpler> simplify_choice(const std::vector<Op>& body, const Op& op);

}  // namespace sluice
