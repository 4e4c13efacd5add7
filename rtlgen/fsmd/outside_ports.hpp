#pragma once

#include <vector>

#include "rtlgen/fsmd/actor.hpp"

namespace sluice {

/// The ports through which an actor accesses the arrays of `role`, inputs or outputs, in the order of the arrays; an
/// array that is never accessed has none. Banks of one tensor that are accessed in the same states by the same address
/// registers share a port. Reserves the ports' names in `module`.
std::vector<ActorPort> outside_ports(const Kernel& kernel, const Fsmd& fsmd, ArrayRole role, Module& module);

}  // namespace sluice
