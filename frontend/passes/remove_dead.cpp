#include "frontend/passes/rewrite.hpp"

namespace sluice {

/// Removes what no output needs. Inputs stay, also those that nothing reads: they are the model's interface.
std::size_t remove_dead(TensorGraph& graph) { return Rewrite(graph).commit(); }

}  // namespace sluice
