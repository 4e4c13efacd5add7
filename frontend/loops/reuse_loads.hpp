#pragma once

#include <cstddef>
#include <cstdint>

#include "core/kernel/kernel.hpp"

namespace sluice {

struct ReuseOptions {
  std::int64_t most_distance = 8;  ///< iterations for which a value is kept, at most
  /// Also where the first iterations of the innermost loop have to load for themselves: the load stays then, and takes
  /// its port, under a guard. Otherwise only loads that go away altogether become delays.
  bool keep_first_loads = false;
};

struct ReuseStats {
  std::size_t gone = 0;     ///< loads that are delays now
  std::size_t guarded = 0;  ///< loads of the innermost loop's first iterations only
};

/// Scalar replacement of reused loads (Callahan, Carr and Kennedy 1990): a load from where another load of the body
/// read a constant number of iterations of the innermost loop ago becomes a delay of that load: the window of a
/// convolution whose taps are unrolled. Not of arrays that the nest stores to. Where the earlier load had a guard, it
/// must have held.
ReuseStats reuse_loads(const Kernel& kernel, Nest& nest, const ReuseOptions& options = {});

}  // namespace sluice
