#pragma once

#include <map>
#include <string>

#include "core/dfg/dfg.hpp"
#include "core/kernel/kernel.hpp"
#include "core/target/target.hpp"
#include "scheduler/problem.hpp"

namespace sluice {

/// What limits a kernel's schedule besides its dependences.
struct ResourceOptions {
  double clock_ns = 10;
  int default_limit = 1;              ///< units of each kind; 0: as many as wanted
  std::map<std::string, int> limits;  ///< by unit name ("fp_mul"), instead of the default
};

/// Units of this name that a nest may use of each kind; 0: as many as wanted.
int unit_limit(const ResourceOptions& options, const std::string& unit);

/// The scheduling problem of a nest: operation i is node i of the Dfg. Units' latencies and delays come from the
/// target; a memory port is a class ("read x", "write x") with a limit of one, that of an array in registers has no
/// latency (scheduler/array_storage.hpp); a shared unit's or port's input delay includes its multiplexer. A load that
/// gives the same in all of the nest takes nothing, and no register keeps its value. Accesses of one array of which one
/// writes keep a cycle's distance: a write takes effect at the end of its cycle. Whether the clock leaves the units
/// enough time is for `check_clock` to say (scheduler/clock.hpp).
SchedulingProblem build_problem(const Kernel& kernel, const Nest& nest, const Dfg& dfg, const Target& target,
                                const ResourceOptions& options);

}  // namespace sluice
