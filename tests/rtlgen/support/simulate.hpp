#pragma once

#include <cstdint>

#include "core/kernel/interpreter.hpp"
#include "rtlgen/fsmd/actor.hpp"

namespace sluice::test {

/// What a simulated actor did.
struct Simulation {
  std::int64_t cycles = -1;  ///< from the first fire_o to done_o, of the last frame
  ArrayContents contents;    ///< outputs as they were written; others as given
};

/// Runs an actor's Verilog for `frames` frames on the same inputs in Icarus, memories around it.
Simulation simulate(const Kernel& kernel, const ActorRtl& actor, const ArrayContents& contents, int frames);

/// What Verilator (-Wall) and Yosys (check -assert) have to say about an actor with its units; empty if they are content.
std::string lint(const ActorRtl& actor);

/// What `command` prints and whether it succeeded.
struct Command {
  int status = -1;
  std::string output;
};
Command run_command(const std::string& command);

}  // namespace sluice::test
