#pragma once

#include <vector>

#include "binder/binding.hpp"

namespace sluice {

/// Cycles first .. last, counted from the start of an iteration.
struct Span {
  int first = 0;
  int last = 0;
};

/// When a node's value must be in registers: from the cycle after it is made to its last use, cut into spans of at most
/// ii cycles, since after that the next iteration's value takes the register. Empty if it is used when made, only.
std::vector<Span> stored_spans(const Nest& nest, const ScheduledNest& scheduled, Dfg::NodeId node);

}  // namespace sluice
