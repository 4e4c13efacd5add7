#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/diag/expected.hpp"

namespace sluice::bench {

/// Writes a file so that at every moment there is the old one or the whole new one; its folders are made.
Diagnostics write_whole(const std::filesystem::path& path, std::string_view text);

/// 16 hexadecimal digits that differ where texts differ (FNV-1a, 64 bits).
std::string digest(std::string_view text);

}  // namespace sluice::bench
