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
/// updates more than once a firing), if they don't run over the same innermost loops, or if there are none: then the
/// order of its iterations must stay.
std::optional<Accumulations> find_accumulations(const Kernel& kernel, const Nest& nest);

/// Whether the nest stores in the last iteration of its reductions only.
bool gives_results_at_the_end(const Kernel& kernel, const Nest& nest, const Accumulations& found);

/// Whether a store happens in the last iteration of the nest's reductions only.
bool is_at_the_end(const Kernel& kernel, const Nest& nest, const Accumulations& found, const Op& store);

/// Whether the nest both loads from and stores to some array: its firings depend on each other.
bool keeps_results(const Nest& nest);

/// Whether it does so to one element more than once a firing: its iterations depend on each other.
bool updates_an_array(const Kernel& kernel, const Nest& nest);

/// Whether terms may be folded in another grouping: sums, products, minima, maxima.
bool can_regroup(Opcode fold);

/// Whether the fold has a value that changes nothing whatever the types of its operands are: of a minimum or maximum of
/// integers it depends on them, and a term can be taken twice instead.
bool has_neutral(Opcode fold);
/// The value of the type with x op value = x, bit for bit, for each x of the type that an operation has given. Of sums,
/// products, minima and maxima.
std::uint64_t neutral(Opcode fold, ScalarType type);

}  // namespace sluice
