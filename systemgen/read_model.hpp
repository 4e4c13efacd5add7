#pragma once

#include <vector>

#include "systemgen/flow_options.hpp"

namespace sluice {

/// Level 1, as the model says it.
Expected<TensorGraph> import_model(const FlowOptions& options, Dumper& dumper);

/// Level 1 to 1: passes, each verified by the runner.
Diagnostics optimise(const FlowOptions& options, TensorGraph& graph, std::vector<PassStats>& stats, Dumper& dumper);

}  // namespace sluice
