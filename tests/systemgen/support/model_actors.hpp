#pragma once

#include "systemgen/build_actor.hpp"
#include "systemgen/compose_design.hpp"
#include "systemgen/flow_options.hpp"

namespace sluice::test {

/// The network of a model and its actors, bound, as the flow makes them for the order that the options name: for
/// systems that differ in nothing but the order.
struct ModelActors {
  TokenNetwork network;
  std::vector<BuiltActor> actors;

  /// Without files.
  [[nodiscard]] Design design(ActorOrder order) const;
};

/// At -O2 with as many multipliers as `options.goal` says, or as are needed if those are more.
ModelActors model_actors(const FlowOptions& options);

}  // namespace sluice::test
