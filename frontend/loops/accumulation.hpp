#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// One running result of a nest: fold = op(select(first, initial, before), term), before = fold one iteration ago.
struct Accumulation {
  OpId before;  ///< the delay
  OpId start;   ///< the select
  OpId fold;
};

/// All that a nest carries from iteration to iteration.
struct Accumulations {
  std::vector<Accumulation> all;
  std::size_t first_loop = 0;  ///< of the nest's own: this and all inside it are what they run over
};

/// Finds the running results of a nest. None if it carries anything else (a delay of another form, an array that it
/// both loads and stores), if they don't run over the same innermost loops, or if there are none: then the order of its
/// iterations must stay.
std::optional<Accumulations> find_accumulations(const Kernel& kernel, const Nest& nest);

}  // namespace sluice
