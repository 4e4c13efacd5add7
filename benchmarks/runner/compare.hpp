#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "benchmarks/runner/result.hpp"

namespace sluice::bench {

/// What a baseline keeps of a case.
struct Expectation {
  Outcome outcome = Outcome::verified;
  std::map<std::string, double> figures;  ///< by name; more is worse

  bool operator==(const Expectation&) const = default;
};

/// By the names of the cases.
using Baseline = std::map<std::string, Expectation>;

/// The part of a result that is compared: cycles, multipliers, units, bits of registers and memories, and cells where
/// it was synthesised. Times are not: they differ from run to run.
Expectation expectation_of(const Result& result);

Expected<Baseline> read_baseline(const std::filesystem::path& file);
std::string json_text(const Baseline& baseline);

/// How much more of something is still as good.
constexpr double kTolerance = 0.02;

struct Comparison {
  std::vector<std::string> worse;   ///< a sentence each
  std::vector<std::string> better;  ///< by more than the tolerance
  std::vector<std::string> added;   ///< names of cases that the baseline does not have
  std::size_t compared = 0;
};

/// Compares results with what is expected of them; cases that were not run are left out.
Comparison compare(const std::vector<Result>& results, const Baseline& baseline);

}  // namespace sluice::bench
