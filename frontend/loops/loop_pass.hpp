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

/// Runs the passes and verifies the kernel after each. Stops at the first that leaves a wrong kernel, and names it.
/// `stats`, where nodes are operations, has one entry for each name: what several runs did is added up.
Diagnostics run_loop_passes(Kernel& kernel, const LoopPassOptions& options = {},
                            std::vector<PassStats>* stats = nullptr);

}  // namespace sluice
