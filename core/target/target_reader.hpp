#pragma once

#include <string>
#include <string_view>

#include "core/diag/expected.hpp"
#include "core/target/target.hpp"

namespace sluice {

/// What the JSON `text` of a target says, or everything that is wrong with it; `origin` names the file in diagnostics.
Expected<TargetData> read_target(const std::string& origin, std::string_view text);

}  // namespace sluice
