#pragma once

#include <string>
#include <vector>

#include "core/diag/diagnostic.hpp"
#include "systemgen/output/design.hpp"
#include "systemgen/verify/simulator.hpp"

namespace sluice {

/// Which actor went wrong first, from a simulation whose test bench watched all actors: the first channel, in the order
/// in which the network computes them, that got a wrong element.
Diagnostic locate_fault(const Design& design, const SimulationResult& probed);

/// A differing element in people's words: its index in the tensor, and both values.
std::string describe_mismatch(const ValueMismatch& mismatch, ScalarType type, const Shape& shape);

}  // namespace sluice
