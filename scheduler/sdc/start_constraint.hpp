#pragma once

#include <cstdint>

#include "scheduler/problem.hpp"

namespace sluice {

/// start(to) - start(from) >= least, in cycles.
struct StartConstraint {
  OperationId from;
  OperationId to;
  std::int64_t least = 0;
};

}  // namespace sluice
