#pragma once

#include "rtlgen/netlist/netlist.hpp"

namespace sluice {

/// Ties every bit that nothing in the module reads to a wire whose name says that this is meant, so that linters report
/// what was forgotten and nothing else. The bits cost nothing: synthesis removes them. To be called last.
void sink_unused_bits(Module& module);

}  // namespace sluice
