#pragma once

#include <span>

#include "core/diag/embedded.hpp"

namespace sluice {

/// The target files in core/target/data, compiled into the binary.
std::span<const EmbeddedFile> target_data();

}  // namespace sluice
