#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/diag/diagnostic.hpp"
#include "core/kernel/kernel.hpp"
#include "frontend/passes/pass.hpp"

namespace sluice {

/// A rewriting of a kernel in place that keeps what it computes, bit for bit, and needs no choice.
struct LoopPass {
  std::string_view name;
  std::size_t (*run)(Kernel&);  ///< returns the number of changes
};

/// All of them, in the order in which they run; a pass that others give new work appears again.
std::span<const LoopPass> loop_pass_list();

struct LoopPassOptions {
  std::set<std::string, std::less<>> skip = {};  ///< passes that don't run
  bool check = false;                            ///< runs the kernel on random inputs before and after each pass
  /// Called after every pass that changed something; may be empty.
  std::function<void(const PassStats&, const Kernel&)> after = {};
};

/// A rewriting that needs a choice: how many lanes, which banks.
struct ChosenPass {
  std::string_view name;
  std::function<std::size_t(Kernel&)> run;  ///< returns the number of changes
  bool regroups = false;                    ///< sums of floats may be added in another order, so that bits differ
};

/// All that a flow may choose.
std::span<const std::string_view> chosen_pass_names();

/// Runs the passes and verifies the kernel after each. Stops at the first that leaves a wrong kernel, and names it.
/// `stats`, where nodes are operations, has one entry for each name: what several runs did is added up.
Diagnostics run_loop_passes(Kernel& kernel, const LoopPassOptions& options = {},
                            std::vector<PassStats>* stats = nullptr);

/// The same for one pass that somebody chose, a name of `chosen_pass_names`. What regroups sums is compared with a
/// tolerance.
Diagnostics run_chosen_pass(const ChosenPass& pass, Kernel& kernel, const LoopPassOptions& options = {},
                            std::vector<PassStats>* stats = nullptr);

}  // namespace sluice
