#pragma once

#include <vector>

#include "core/diag/diagnostic.hpp"
#include "systemgen/build_actor.hpp"
#include "systemgen/network/execute.hpp"
#include "systemgen/verify/deviation.hpp"
#include "systemgen/verify/frames.hpp"

namespace sluice {

/// Executes every level on the frames' inputs and compares each with its neighbour: the optimised graph with the
/// imported one and each kernel's result with the tensor of its operator, within the tolerance; each actor's FSMD with
/// its kernel, bit for bit and in its cycles. Reports the first level and place that differ.
Diagnostics check_levels(const TensorGraph& imported, const TensorGraph& optimised, const TokenNetwork& network,
                         const std::vector<BuiltActor>& actors, const std::vector<Frame>& frames,
                         const Tolerance& tolerance);

}  // namespace sluice
