#include "frontend/loops/coarsen_tokens.hpp"

#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/body_editor.hpp"

namespace sluice {

void coarsen_tokens(Kernel& kernel, std::int64_t factor) {
  Nest& nest = kernel.nests.at(0);
  const std::size_t token = kernel.token_loops.size() - 1;
  Loop& loop = kernel.token_loops.at(token);
  nest.loops.insert(nest.loops.begin(), {loop.name, factor});
  loop.trip /= factor;
  const bool is_gone = loop.trip == 1;
  if (is_gone) {
    kernel.token_loops.pop_back();
  } else {
    loop.name += "_tile";
  }
  // The inner part has the place behind the token loops, and the loops of the nest follow it.
  const std::size_t shift = is_gone ? 0 : 1;
  std::vector<AffineExpr> by;
  for (std::size_t i = 0; i < token; ++i) by.push_back(AffineExpr::iterator(i));
  AffineExpr whole = AffineExpr::iterator(token + shift);
  if (!is_gone) whole += AffineExpr::iterator(token) * factor;
  by.push_back(whole);
  for (std::size_t i = 1; i < nest.loops.size(); ++i) by.push_back(AffineExpr::iterator(token + shift + i));
  for (auto& op : nest.body) substitute(op, by);
}

std::int64_t coarsening_for(const Kernel& kernel, std::int64_t now, std::int64_t results) {
  if (kernel.nests.size() != 1 || kernel.token_loops.empty() || keeps_results(kernel.nests[0])) return 1;
  const std::int64_t trip = kernel.token_loops.back().trip;
  for (std::int64_t factor = 1; factor < trip; ++factor) {
    if (trip % factor == 0 && factor * now >= results) return factor;
  }
  return trip;
}

}  // namespace sluice
