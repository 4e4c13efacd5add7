#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>

#include "frontend/loops/loop_pass.hpp"
#include "frontend/ops/node_value.hpp"
#include "frontend/passes/pass.hpp"

namespace sluice {
namespace {

Diagnostics check_names(const std::set<std::string, std::less<>>& skip) {
  Diagnostics diagnostics;
  const auto names = pass_names();
  for (const auto& name : skip) {
    if (std::ranges::find(names, name) != names.end()) continue;
    diagnostics.push_back(
        {name, "there is no pass of this name", fmt::format("passes are {}", fmt::join(names, ", "))});
  }
  return diagnostics;
}

PassStats run(const Pass& pass, TensorGraph& graph) {
  PassStats stats{.name = pass.name, .changes = 0, .nodes_before = graph.node_count(), .nodes_after = 0, .seconds = 0};
  const auto start = std::chrono::steady_clock::now();
  stats.changes = pass.run(graph);
  stats.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  stats.nodes_after = graph.node_count();
  return stats;
}

}  // namespace

std::vector<std::string_view> pass_names() {
  std::vector<std::string_view> names;
  const auto add = [&](std::string_view name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  for (const auto& pass : pass_list()) add(pass.name);
  for (const auto& pass : loop_pass_list()) add(pass.name);
  for (const auto name : chosen_pass_names()) add(name);
  return names;
}

Diagnostics run_passes(TensorGraph& graph, const PassOptions& options, std::vector<PassStats>* stats) {
  if (const auto errors = check_names(options.skip); !errors.empty()) return errors;
  const auto passes = pass_list();
  const std::size_t count = std::min(passes.size(), options.limit.value_or(passes.size()));
  for (std::size_t i = 0; i < count; ++i) {
    if (options.skip.contains(passes[i].name)) continue;
    const PassStats done = run(passes[i], graph);
    if (stats) stats->push_back(done);
    if (options.after) options.after(i, done, graph);
    Diagnostics errors = verify(graph);
    if (errors.empty()) errors = verify_operators(graph);
    for (auto& error : errors) error.where = fmt::format("after pass {}: {}", passes[i].name, error.where);
    if (!errors.empty()) return errors;
  }
  return {};
}

}  // namespace sluice
