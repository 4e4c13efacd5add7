#pragma once

#include <random>

#include "core/kernel/interpreter.hpp"
#include "core/kernel/kernel.hpp"

namespace sluice::test {

/// A random kernel in the normal form: token loops, several nests that hand values on through scratch arrays, guards,
/// predicates, delays, lookups, floats and integers of odd widths. `verify` finds nothing wrong with it, and executing it
/// meets no undefined value.
Kernel random_kernel(std::mt19937& random);

/// Its arrays with random contents in the inputs.
ArrayContents random_contents(const Kernel& kernel, std::mt19937& random);

}  // namespace sluice::test
