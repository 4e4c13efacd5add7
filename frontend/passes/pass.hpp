#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/diag/diagnostic.hpp"
#include "core/tensor/tensor_graph.hpp"

namespace sluice {

/// A rewriting of a TensorGraph in place that keeps what it computes.
struct Pass {
  std::string_view name;
  std::size_t (*run)(TensorGraph&);  ///< returns the number of changes
};

/// All passes, in the order in which they run; a pass that others give new work appears again.
std::span<const Pass> pass_list();

/// The names of all passes, of those on kernels (frontend/loops) too, each once.
std::vector<std::string_view> pass_names();

/// What one run of a pass did.
struct PassStats {
  std::string_view name;
  std::size_t changes = 0;
  std::size_t nodes_before = 0;
  std::size_t nodes_after = 0;
  double seconds = 0;
};

struct PassOptions {
  std::set<std::string, std::less<>> skip;  ///< passes that don't run; may name loop passes too
  std::optional<std::size_t> limit;  ///< run only so many of the list: bisecting finds the pass that breaks a model
  /// Called after every pass that ran, with its place in the list; may be empty.
  std::function<void(std::size_t, const PassStats&, const TensorGraph&)> after;
};

/// Runs the passes and verifies the graph after each. Stops at the first that leaves a wrong graph, and names it.
Diagnostics run_passes(TensorGraph& graph, const PassOptions& options = {}, std::vector<PassStats>* stats = nullptr);

}  // namespace sluice
