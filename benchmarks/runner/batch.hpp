#pragma once

#include <functional>
#include <regex>
#include <vector>

#include "benchmarks/runner/run_case.hpp"

namespace sluice::bench {

/// Which cases.
struct Selection {
  std::vector<std::string> suites;   ///< names; none: all
  std::optional<std::regex> filter;  ///< found in the case's name
  bool fast = false;                 ///< only the fast subset
  SuiteOptions suite_options;
};

/// In the order of the suites.
std::vector<Case> select_cases(const Selection& selection);

struct BatchOptions {
  CaseOptions cases;
  int jobs = 1;        ///< cases at a time
  bool fresh = false;  ///< run those again that are done
  /// Called once for each case, one at a time: how many are done now, what came of it, whether it was done before.
  std::function<void(std::size_t done, const Result& result, bool before)> progress;
};

/// Runs the cases, or takes what an earlier run left in the folder, where program, model and options are the same.
/// Results are in the order of the cases. Throws Interrupted, and keeps what is done. Errors: the folder can't be
/// written.
Expected<std::vector<Result>> run_batch(const std::vector<Case>& cases, const BatchOptions& options);

/// All results below a folder, by name.
Expected<std::vector<Result>> read_results(const std::filesystem::path& out);

}  // namespace sluice::bench
