#include "frontend/loops/permute.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/dependences.hpp"
#include "frontend/loops/unroll.hpp"

namespace sluice {
namespace {

/// Whether terms can be folded in any order without another result.
bool is_exact(const Op& fold) {
  return fold.type.is_integer() || fold.code == Opcode::minimum || fold.code == Opcode::maximum;
}

bool keeps_accumulations(const Kernel& kernel, const Nest& nest, std::span<const std::size_t> order,
                         const Accumulations& found, const PermuteOptions& options) {
  bool reduction_stays = true;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if ((i >= found.first_loop) != (order[i] >= found.first_loop)) return false;
    if (i >= found.first_loop && order[i] != i) reduction_stays = false;
  }
  if (reduction_stays) return true;
  return can_unroll(kernel, nest, found.first_loop) &&
         std::ranges::all_of(found.all, [&](const Accumulation& accumulation) {
           return options.reassociate || is_exact(nest.op(accumulation.fold));
         });
}

}  // namespace

bool can_permute(const Kernel& kernel, const Nest& nest, std::span<const std::size_t> order,
                 const PermuteOptions& options) {
  if (std::ranges::is_sorted(order)) return true;
  const bool has_delays = std::ranges::find(nest.body, Opcode::delay, &Op::code) != nest.body.end();
  if (has_delays) {
    const auto found = find_accumulations(kernel, nest);
    if (!found || !keeps_accumulations(kernel, nest, order, *found, options)) return false;
  }
  return keeps_array_order(kernel, nest, order);
}

void permute(Kernel& kernel, std::size_t nest_index, std::span<const std::size_t> order) {
  Nest& nest = kernel.nests.at(nest_index);
  const std::size_t token_loops = kernel.token_loops.size();
  std::vector<AffineExpr> by(token_loops + nest.loops.size());
  for (std::size_t i = 0; i < token_loops; ++i) by[i] = AffineExpr::iterator(i);
  std::vector<Loop> loops;
  for (std::size_t i = 0; i < order.size(); ++i) {
    loops.push_back(nest.loops.at(order[i]));
    by[token_loops + order[i]] = AffineExpr::iterator(token_loops + i);
  }
  nest.loops = std::move(loops);
  for (auto& op : nest.body) substitute(op, by);
}

}  // namespace sluice
