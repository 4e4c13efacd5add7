#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

/// Runs Yosys on a script, in `directory` (where it looks for memory files); gives what it printed. Errors: Yosys is
/// not installed, finds something wrong (its own words), or takes longer than `timeout`. Throws Interrupted.
Expected<std::string> run_yosys(const std::filesystem::path& script, const std::filesystem::path& directory,
                                std::chrono::seconds timeout);

/// The same for OpenSTA, whose program is called `sta`, on a Tcl script.
Expected<std::string> run_sta(const std::filesystem::path& script, const std::filesystem::path& directory,
                              std::chrono::seconds timeout);

/// Writes a text file; an error says why it could not be written.
Diagnostics write_text(const std::filesystem::path& path, std::string_view text);

/// The text of a file, or why it can't be read.
Expected<std::string> read_text(const std::filesystem::path& path);

}  // namespace sluice
