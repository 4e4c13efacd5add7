#pragma once

#include <span>

#include "core/diag/embedded.hpp"

namespace sluice {

/// The hand-written Verilog of systemgen/control: stream interfaces and parts of controllers.
std::span<const EmbeddedFile> control_verilog();

}  // namespace sluice
