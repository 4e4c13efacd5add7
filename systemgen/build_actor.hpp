#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"
#include "rtlgen/fsmd/actor.hpp"
#include "systemgen/schedule_kernel.hpp"

namespace sluice {

/// A kernel on its way to hardware, each level as verified. `rtl` is what comes last.
struct BuiltActor {
  std::vector<ScheduledNest> nests;
  Binding binding;
  Fsmd fsmd;
  ActorRtl rtl;
  KernelLanes lanes;
};

/// Where the time went, in seconds.
struct ActorSeconds {
  double bind = 0;
  double rtl = 0;
};

/// Level 4 to 6: binds a scheduled kernel; verifies after each stage. `seconds` grows by the time of each.
Expected<BuiltActor> bind_actor(const Kernel& kernel, std::vector<ScheduledNest> nests, const ActorOptions& options,
                                ActorSeconds& seconds);

/// Level 6 to 7: the actor, named as its kernel, whose arrays are stored as `layouts` says (empty: row-major).
Diagnostics generate_rtl(BuiltActor& actor, const Kernel& kernel, const std::vector<ArrayLayout>& layouts,
                         ActorSeconds& seconds);

/// Both, for buffers of whole tensors.
Expected<BuiltActor> build_actor(const Kernel& kernel, std::vector<ScheduledNest> nests, const ActorOptions& options,
                                 ActorSeconds& seconds);

/// Units by name: how many the actor has.
std::map<std::string, int> unit_counts(const BuiltActor& actor);

/// The initiation interval of the nest in which the actor spends most cycles.
int dominant_ii(const Kernel& kernel, const BuiltActor& actor);

}  // namespace sluice
