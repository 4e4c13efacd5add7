#pragma once

#include <filesystem>
#include <string>

#include "systemgen/synth/synthesize.hpp"

namespace sluice {

/// A table for people.
std::string to_table(const Synthesis& synthesis);

/// Adds it to the list "synthesis" of the report in `folder`, in the place of an earlier one of the same top module,
/// target and clock.
Diagnostics add_to_report(const Synthesis& synthesis, const std::filesystem::path& folder);

}  // namespace sluice
