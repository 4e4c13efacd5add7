#pragma once

#include <vector>

#include "core/diag/diagnostic.hpp"
#include "core/kernel/kernel.hpp"
#include "core/tensor/tensor_graph.hpp"
#include "systemgen/choose/pipeline_kernel.hpp"

namespace sluice {

/// Lets each kernel that reduces over rows of another's result take them one by one (frontend/loops/stream_sums.hpp),
/// unless sums must keep their order, or adding to sums so often would take longer than a system with `multipliers`
/// needs for a frame at least. An error names the pass and what is wrong with the kernel that it left.
Diagnostics stream_rows(const TensorGraph& graph, std::vector<Kernel>& kernels, const ActorOptions& actor,
                        const PipelineOptions& options, std::int64_t multipliers);

}  // namespace sluice
