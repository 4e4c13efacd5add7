#pragma once

#include <cstdint>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// How many iterations of each loop a kernel does at once.
struct Parallelism {
  std::int64_t firings = 1;                      ///< of the innermost token loop; divides its trip
  std::vector<std::vector<std::int64_t>> lanes;  ///< of each nest's own loops, as the kernel had them before
  auto operator<=>(const Parallelism&) const = default;
};

/// One iteration at a time.
Parallelism no_parallelism(const Kernel& kernel);

/// The banks that let all lanes of a kernel access the array at once, without a choice of banks where the index has no
/// other part that goes across them: each lane's block of iterations is a block of elements. `kernel` is as it was
/// before it was made parallel.
Banking banking_for(const Kernel& kernel, const Parallelism& parallelism, ArrayId array);

/// Unrolls the loops (frontend/loops/unroll.hpp) and does once what lanes have in common. Loops that can't be unrolled
/// stay as they are.
void parallelise(Kernel& kernel, const Parallelism& parallelism);

}  // namespace sluice
