#pragma once

#include <cstddef>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Stores integer weights in the width that their values need; what is read is widened again, so that users see the
/// same (see `narrow_integers` for those). Returns how many arrays are narrower.
std::size_t narrow_weights(Kernel& kernel);

}  // namespace sluice
