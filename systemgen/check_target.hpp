#pragma once

#include "core/diag/diagnostic.hpp"
#include "core/target/target.hpp"

namespace sluice {

/// Whether the target has figures for every hardware unit, and a delay for each of its segments: with another number
/// the registers would not be where the scheduler thinks.
Diagnostics check_target(const Target& target);

}  // namespace sluice
