#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "benchmarks/runner/batch.hpp"
#include "systemgen/cli/subcommand.hpp"

namespace sluice::bench {

/// The command line of sluice_bench.
struct Arguments {
  bool report = false;         ///< only write the page of results
  std::filesystem::path page;  ///< folder of the page
  bool list = false;           ///< only print the names of the cases
  Selection selection;
  BatchOptions batch;
  std::filesystem::path baseline;  ///< --compare; empty: no comparison
  bool update_baseline = false;
};

/// What to do, or what to print instead: the help, or what is wrong.
std::variant<Arguments, Answer> parse_arguments(int argc, const char* const* argv);

}  // namespace sluice::bench
