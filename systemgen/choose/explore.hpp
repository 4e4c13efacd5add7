#pragma once

#include <string>
#include <vector>

#include "systemgen/flow_options.hpp"
#include "systemgen/report/progress.hpp"
#include "systemgen/report/report.hpp"

namespace sluice {

struct ExploreOptions {
  int points = 12;  ///< designs that are built, at most
  std::int64_t most_multipliers = 256;
};

/// One design of the front.
struct ExplorePoint {
  std::int64_t budget = 0;  ///< `sluice -O2 --multipliers budget` builds it
  Report facts;
};

/// Designs of one model: the more multipliers one has, the shorter its interval.
struct Exploration {
  std::string model;
  std::string target;
  double clock_ns = 0;
  std::vector<ExplorePoint> points;
};

/// Builds designs of the model from the fewest multipliers that it needs up to the most, and keeps those that are
/// faster than all with as few. Of `flow`, what it says about the model, the target and the passes counts. Errors: what
/// keeps a design from being built, or fewer multipliers than it needs.
Expected<Exploration> explore(const FlowOptions& flow, const ExploreOptions& options, Progress& progress);

/// For programs, people and browsers.
std::string json_text(const Exploration& exploration);
std::string to_table(const Exploration& exploration);
std::string to_svg(const Exploration& exploration);

}  // namespace sluice
