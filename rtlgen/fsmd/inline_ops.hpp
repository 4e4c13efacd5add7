#pragma once

#include <vector>

#include "rtlgen/fsmd/fsmd.hpp"
#include "rtlgen/netlist/expr.hpp"

namespace sluice {

/// The gates of a combinational operation (see Realization::inlined) on operands that are nets or constants.
Expr inline_op(const WireOp& op, const std::vector<Expr>& operands);

}  // namespace sluice
