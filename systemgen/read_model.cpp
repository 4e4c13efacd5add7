#include "systemgen/read_model.hpp"

#include "frontend/onnx/import.hpp"
#include "systemgen/dump_levels.hpp"

namespace sluice {

Expected<TensorGraph> import_model(const FlowOptions& options, Dumper& dumper) {
  auto graph = import_onnx(options.model, {options.shapes});
  if (!graph) return graph;
  if (auto errors = verify(*graph); !errors.empty()) return errors;
  dump(dumper, "import", *graph);
  return graph;
}

Diagnostics optimise(const FlowOptions& options, TensorGraph& graph, std::vector<PassStats>& stats, Dumper& dumper) {
  PassOptions passes;
  passes.skip = options.skip;
  // The one multiplier of a pipelined kernel is busy in every cycle: other products are kernels of their own. At -O2
  // each has multipliers for itself.
  passes.skip.insert(options.optimisation == 1 ? "fuse-products" : "separate-scales");
  passes.after = [&](std::size_t, const PassStats& pass, const TensorGraph& now) {
    dump(dumper, std::string(pass.name), now);
  };
  return run_passes(graph, passes, &stats);
}

}  // namespace sluice
