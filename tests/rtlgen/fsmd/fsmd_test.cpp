#include <doctest/doctest.h>

#include "../support/random_kernel.hpp"
#include "../support/scheduled.hpp"
#include "../support/simulate.hpp"
#include "rtlgen/fsmd/actor.hpp"

using namespace sluice;

namespace {

/// What every level makes of one random kernel.
struct Levels {
  Kernel kernel;
  ArrayContents inputs;
  ArrayContents expected;  ///< of the kernel interpreter
  Fsmd fsmd;
};

Levels build(unsigned seed, bool overlap) {
  std::mt19937 random(seed);
  Levels levels;
  levels.kernel = test::random_kernel(random);
  INFO(to_string(levels.kernel));
  REQUIRE(to_string(verify(levels.kernel)) == "");
  levels.inputs = test::random_contents(levels.kernel, random);
  levels.expected = levels.inputs;
  REQUIRE(to_string(execute(levels.kernel, levels.expected)) == "");

  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  ResourceOptions options;
  options.clock_ns = std::uniform_real_distribution(6.0, 40.0)(random);
  options.default_limit = std::uniform_int_distribution(0, 2)(random);
  const auto nests = test::schedule_kernel(levels.kernel, *target, options, overlap);
  const Binding binding = bind(levels.kernel, nests, *target, {.clock_ns = options.clock_ns});
  REQUIRE(to_string(verify(levels.kernel, nests, binding)) == "");
  levels.fsmd = build_fsmd(levels.kernel, nests, binding);
  REQUIRE(to_string(verify(levels.fsmd)) == "");
  return levels;
}

void check_outputs(const Kernel& kernel, const ArrayContents& actual, const ArrayContents& expected) {
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    if (kernel.arrays[i].role != ArrayRole::output) continue;
    INFO("array ", kernel.arrays[i].name);
    CHECK(actual[i] == expected[i]);
  }
}

}  // namespace

TEST_CASE("an FSMD computes what its kernel does, in the cycles that it predicts") {
  for (unsigned seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    const auto levels = build(seed, seed % 2 == 1);
    ArrayContents actual = levels.inputs;
    CHECK(execute(levels.fsmd, actual) == frame_cycles(levels.fsmd));
    check_outputs(levels.kernel, actual, levels.expected);
  }
}

TEST_CASE("an actor's Verilog computes what its kernel does, in the cycles that the FSMD predicts") {
  for (unsigned seed = 1000; seed < 1060; ++seed) {
    CAPTURE(seed);
    const auto levels = build(seed, seed % 2 == 1);
    const auto actor = generate_actor(levels.kernel, levels.fsmd, "actor");
    CHECK(to_string(verify(Netlist{{actor.module}, "actor"})) == "");
    const auto simulation = test::simulate(levels.kernel, actor, levels.inputs, 2);
    CHECK(simulation.cycles == frame_cycles(levels.fsmd));
    check_outputs(levels.kernel, simulation.contents, levels.expected);
  }
}

TEST_CASE("an actor's Verilog is clean for Verilator and Yosys") {
  for (unsigned seed = 2000; seed < 2012; ++seed) {
    CAPTURE(seed);
    const auto levels = build(seed, seed % 2 == 1);
    const auto complaints = test::lint(generate_actor(levels.kernel, levels.fsmd, "actor"));
    CHECK(complaints == "");
  }
}
