#pragma once

#include <cstddef>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Keeps one of several operations that compute the same from the same operands; loads, of arrays that the nest does
/// not store to. Returns how many are gone.
std::size_t remove_common_subexpressions(Nest& nest);

/// Decides what is known: predicates and selections by a guard without conditions. Returns how many.
std::size_t fold_guards(Nest& nest);

/// Removes operations that no store needs. Returns how many are gone.
std::size_t remove_dead_operations(Nest& nest);

}  // namespace sluice
