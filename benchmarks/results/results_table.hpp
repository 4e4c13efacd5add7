#pragma once

#include <optional>
#include <string>
#include <vector>

#include "benchmarks/runner/result.hpp"

/// Results by name, and figures as text for tables.
namespace sluice::bench {

/// What was measured.
class Results {
 public:
  explicit Results(std::vector<Result> results) : results_(std::move(results)) {}

  [[nodiscard]] const std::vector<Result>& all() const { return results_; }
  /// The result of "layers/lenet_fc_84_10" in "O2-16"; null if it was not run, or has no figures.
  [[nodiscard]] const Result* find(const std::string& subject, const std::string& configuration) const;
  /// "layers/lenet_fc_84_10" of a suite, each once, in the suite's order.
  [[nodiscard]] std::vector<std::string> subjects(const std::string& suite) const;

 private:
  std::vector<Result> results_;
};

/// "lenet_fc_84_10" of "layers/lenet_fc_84_10".
std::string short_name(const std::string& subject);

/// "1,234,567".
std::string number_text(std::int64_t number);
/// "-" where there is none.
std::string number_text(const std::optional<std::int64_t>& number);

/// "0.987".
std::string efficiency_text(const Figures& figures);

/// "12.3x": how many times as fast `ours` is.
std::string speedup_text(std::int64_t theirs, std::int64_t ours);

/// A count of the synthesis, "luts"; "-" without synthesis.
std::string cells_text(const Result& result, const std::string& name);

/// Says that a figure was not verified in a simulation; empty if it was.
std::string doubt_text(const Result& result);

}  // namespace sluice::bench
