#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/loop_pass.hpp"

namespace sluice {
namespace {

std::size_t operation_count(const Kernel& kernel) {
  std::size_t count = 0;
  for (const auto& nest : kernel.nests) count += nest.body.size();
  return count;
}

/// Relative to the larger of 1 and the result: sums of the narrowest floats in another order differ by less.
constexpr double kRegrouped = 0.02;

template <typename Pass>
PassStats run(const Pass& pass, Kernel& kernel) {
  PassStats stats{.name = pass.name, .nodes_before = operation_count(kernel)};
  const auto start = std::chrono::steady_clock::now();
  stats.changes = pass.run(kernel);
  stats.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  stats.nodes_after = operation_count(kernel);
  return stats;
}

void add(std::vector<PassStats>& stats, const PassStats& done) {
  const auto place = std::ranges::find(stats, done.name, &PassStats::name);
  if (place == stats.end()) {
    stats.push_back(done);
    return;
  }
  place->changes += done.changes;
  place->nodes_before += done.nodes_before;
  place->nodes_after += done.nodes_after;
  place->seconds += done.seconds;
}

template <typename Pass>
Diagnostics run_checked(const Pass& pass, Kernel& kernel, double tolerance, const LoopPassOptions& options,
                        std::vector<PassStats>* stats) {
  if (options.skip.contains(pass.name)) return {};
  const Kernel before = options.check ? kernel : Kernel();
  const PassStats done = run(pass, kernel);
  if (stats) add(*stats, done);
  if (options.after && done.changes > 0) options.after(done, kernel);
  Diagnostics errors = verify(kernel);
  if (errors.empty() && options.check) errors = compare_runs(before, kernel, {.tolerance = tolerance});
  for (auto& error : errors) error.where = fmt::format("after pass {}: {}", pass.name, error.where);
  return errors;
}

}  // namespace

Diagnostics run_loop_passes(Kernel& kernel, const LoopPassOptions& options, std::vector<PassStats>* stats) {
  for (const auto& pass : loop_pass_list()) {
    if (auto errors = run_checked(pass, kernel, 0, options, stats); !errors.empty()) return errors;
  }
  return {};
}

Diagnostics run_chosen_pass(const ChosenPass& pass, Kernel& kernel, const LoopPassOptions& options,
                            std::vector<PassStats>* stats) {
  return run_checked(pass, kernel, pass.regroups ? kRegrouped : 0, options, stats);
}

}  // namespace sluice
