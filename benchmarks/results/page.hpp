#pragma once

#include <filesystem>

#include "benchmarks/results/sections.hpp"

namespace sluice::bench {

/// All sections, in their order.
Document page_of(const Results& results);

/// Writes RESULTS.md, its plots, and RESULTS.html, which has all in it, into a folder.
Diagnostics write_page(const Results& results, const std::filesystem::path& folder);

}  // namespace sluice::bench
