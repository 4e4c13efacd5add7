#include "frontend/loops/parallelism.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "core/arith/floor_div.hpp"
#include "frontend/loops/clean_up.hpp"
#include "frontend/loops/coarsen_tokens.hpp"
#include "frontend/loops/unroll.hpp"

namespace sluice {
namespace {

/// What the lanes want of one dimension: elements of a block, and after how many elements banks may repeat (0: never).
struct Wanted {
  std::int64_t block = 0;
  std::int64_t period = 0;
};

/// Lanes of each iterator: token loops, then the nest's own.
std::vector<std::int64_t> lanes_of_iterators(const Kernel& kernel, const Parallelism& parallelism, std::size_t nest) {
  std::vector<std::int64_t> lanes(kernel.token_loops.size(), 1);
  if (!lanes.empty()) lanes.back() = parallelism.firings;
  lanes.insert(lanes.end(), parallelism.lanes[nest].begin(), parallelism.lanes[nest].end());
  return lanes;
}

/// Adds what one access wants. Lanes of firings are neighbours; others are as far apart as their blocks are long.
void add_wish(Wanted& wanted, const AffineExpr& index, const std::vector<std::int64_t>& trips,
              const std::vector<std::int64_t>& lanes, std::size_t token_loops) {
  std::int64_t block = 0;
  std::int64_t reach = 0;  // of all lanes together
  for (std::size_t i = 0; i < index.iterator_count(); ++i) {
    const std::int64_t step = std::abs(index.coefficient(i));
    if (step == 0 || lanes[i] == 1) continue;
    const std::int64_t apart = i < token_loops ? step : step * ceil_div(trips[i], lanes[i]);
    block = std::gcd(block, apart);
    reach = std::max(reach, apart * lanes[i]);
  }
  if (block == 0) return;
  std::int64_t period = 0;
  for (std::size_t i = 0; i < index.iterator_count(); ++i) {
    std::int64_t step = std::abs(index.coefficient(i));
    if (i < token_loops) step *= lanes[i];  // the loop over groups of firings
    if (step >= reach && step % block == 0) period = std::gcd(period, step);
  }
  if (period < reach) period = 0;
  const bool is_first = wanted.block == 0;
  wanted.block = std::gcd(wanted.block, block);
  wanted.period = is_first ? period : (period == 0 || wanted.period == 0 ? 0 : std::lcm(wanted.period, period));
}

}  // namespace

Parallelism no_parallelism(const Kernel& kernel) {
  Parallelism parallelism;
  for (const auto& nest : kernel.nests) parallelism.lanes.emplace_back(nest.loops.size(), 1);
  return parallelism;
}

Banking banking_for(const Kernel& kernel, const Parallelism& parallelism, ArrayId array) {
  Banking banking = one_bank(kernel.array(array).shape);
  std::vector<Wanted> wanted(banking.shape.size());
  for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
    const auto trips = trip_counts(kernel, kernel.nests[n]);
    const auto lanes = lanes_of_iterators(kernel, parallelism, n);
    for (const auto& op : kernel.nests[n].body) {
      if (op.array != array || op.code == Opcode::lookup) continue;
      for (std::size_t d = 0; d < wanted.size(); ++d)
        add_wish(wanted[d], op.index[d], trips, lanes, kernel.token_loops.size());
    }
  }
  for (std::size_t d = 0; d < wanted.size(); ++d) {
    const auto& [block, period] = wanted[d];
    if (block == 0 || block >= banking.shape[d]) continue;
    const std::int64_t all = ceil_div(banking.shape[d], block);
    banking.dimensions[d] = {period == 0 ? all : std::min(all, period / block), block};
  }
  return banking;
}

void parallelise(Kernel& kernel, const Parallelism& parallelism) {
  Parallelism now = parallelism;
  if (now.firings > 1) {
    coarsen_tokens(kernel, now.firings);
    now.lanes.at(0).insert(now.lanes.at(0).begin(), now.firings);
  }
  for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
    Nest& nest = kernel.nests[n];
    std::size_t loop = 0;  // from the outermost: without its reductions a nest is no longer known to have had them
    for (const auto lanes : now.lanes[n]) {
      const std::size_t loops = nest.loops.size();
      if (lanes > 1 && can_unroll(kernel, nest, loop)) unroll(kernel, n, loop, lanes);
      if (nest.loops.size() == loops) ++loop;  // else it is gone
    }
    remove_common_subexpressions(kernel.nests[n]);
    fold_guards(kernel.nests[n]);
    remove_dead_operations(kernel.nests[n]);
  }
}

}  // namespace sluice
