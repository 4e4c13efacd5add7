#include <array>

#include "frontend/loops/clean_up.hpp"
#include "frontend/loops/fold_operations.hpp"
#include "frontend/loops/loop_pass.hpp"
#include "frontend/loops/narrow_integers.hpp"
#include "frontend/loops/narrow_weights.hpp"
#include "frontend/loops/reduce_strength.hpp"

namespace sluice {
namespace {

template <std::size_t (*run)(Nest&)>
std::size_t in_each_nest(Kernel& kernel) {
  std::size_t changes = 0;
  for (auto& nest : kernel.nests) changes += run(nest);
  return changes;
}

}  // namespace

std::span<const LoopPass> loop_pass_list() {
  static constexpr std::array kPasses{
      LoopPass{"remove-unit-loops", remove_unit_loops},
      LoopPass{"fold-operations", fold_operations},
      LoopPass{"reduce-strength", in_each_nest<reduce_strength>},
      LoopPass{"merge-operations", in_each_nest<remove_common_subexpressions>},
      LoopPass{"narrow-weights", narrow_weights},
      LoopPass{"narrow-integers", narrow_integers},
      LoopPass{"merge-operations", in_each_nest<remove_common_subexpressions>},
      LoopPass{"remove-dead-operations", in_each_nest<remove_dead_operations>},
  };
  return kPasses;
}

std::span<const std::string_view> chosen_pass_names() {
  static constexpr std::array<std::string_view, 10> kNames{
      "stream-sums", "split-kernels", "parallelise",      "coarsen-tokens", "rotate-accumulations",
      "partition",   "join-loads",    "separate-lookups", "rebalance",      "reuse-loads",
  };
  return kNames;
}

}  // namespace sluice
