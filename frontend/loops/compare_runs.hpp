#pragma once

#include <cstdint>
#include <span>

#include "core/diag/diagnostic.hpp"
#include "core/kernel/kernel.hpp"

namespace sluice {

struct CompareOptions {
  std::uint64_t seed = 1;
  int runs = 2;  ///< each on inputs of its own
  /// 0: all bits agree, on special values too (infinities, NaN, subnormals, ends of integer types). Otherwise, for
  /// passes that regroup sums of floats, the most that an element may be off, relative to max(1, |element|).
  double tolerance = 0;
};

/// Executes both kernels on the same random inputs and compares all tensors that they store; arrays are matched by
/// their tensors, so that one kernel may have in banks what the other has in one piece. Nothing is compared where the
/// kernel before can't run on random inputs (an index outside of an array). Errors: tensors that differ, a kernel after
/// that can't run.
Diagnostics compare_runs(const Kernel& before, const Kernel& after, const CompareOptions& options = {});

/// The same for several kernels that stand for one, run one after another; each may read what those before it store.
Diagnostics compare_runs(const Kernel& before, std::span<const Kernel> after, const CompareOptions& options = {});

}  // namespace sluice
