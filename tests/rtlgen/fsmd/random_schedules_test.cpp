#include <doctest/doctest.h>

#include "../support/random_kernel.hpp"
#include "../support/scheduled.hpp"
#include "../support/simulate.hpp"
#include "../support/small_kernels.hpp"
#include "rtlgen/fsmd/actor.hpp"

using namespace sluice;

namespace {

constexpr unsigned kSeeds = 100;

/// A small kernel with random inputs, bound to a random schedule.
struct Bound {
  Kernel kernel;
  ArrayContents inputs;
  ArrayContents expected;  ///< of the kernel interpreter
  Fsmd fsmd;
};

Bound build(const Kernel& kernel, bool pipelined, unsigned seed) {
  std::mt19937 random(seed);
  Bound bound{kernel, test::random_contents(kernel, random), {}, {}};
  bound.expected = bound.inputs;
  REQUIRE(to_string(execute(kernel, bound.expected)) == "");
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  ResourceOptions options;
  options.clock_ns = 6 + static_cast<int>(random() % 20);
  options.default_limit = static_cast<int>(random() % 3);
  const auto nests = test::schedule_randomly(kernel, *target, options, pipelined, seed);
  const Binding binding = bind(kernel, nests, *target, {.clock_ns = options.clock_ns});
  REQUIRE(to_string(verify(kernel, nests, binding)) == "");
  bound.fsmd = build_fsmd(kernel, nests, binding);
  REQUIRE(to_string(verify(bound.fsmd)) == "");
  return bound;
}

void check_outputs(const Bound& bound, const ArrayContents& actual) {
  for (std::size_t i = 0; i < bound.kernel.arrays.size(); ++i) {
    if (bound.kernel.arrays[i].role == ArrayRole::output) CHECK(actual[i] == bound.expected[i]);
  }
}

/// Calls `check` for each kernel, with and without overlapping iterations, and `seeds` schedules of each.
template <typename Check>
void for_each_schedule(unsigned seeds, const Check& check) {
  for (const auto& kernel : test::small_kernels()) {
    CAPTURE(kernel.name);
    REQUIRE(to_string(verify(kernel)) == "");
    for (const bool pipelined : {false, true}) {
      CAPTURE(pipelined);
      for (unsigned seed = 0; seed < seeds; ++seed) {
        CAPTURE(seed);
        check(build(kernel, pipelined, seed));
      }
    }
  }
}

void check_verilog(const Bound& bound) {
  const auto actor = generate_actor(bound.kernel, bound.fsmd, "actor");
  const auto simulation = test::simulate(bound.kernel, actor, bound.inputs, 2);
  CHECK(simulation.cycles == frame_cycles(bound.fsmd));
  check_outputs(bound, simulation.contents);
}

}  // namespace

TEST_CASE("FSMDs of random schedules compute what their kernels do") {
  for_each_schedule(kSeeds, [](const Bound& bound) {
    ArrayContents actual = bound.inputs;
    CHECK(execute(bound.fsmd, actual) == frame_cycles(bound.fsmd));
    check_outputs(bound, actual);
  });
}

TEST_CASE("Verilog of random schedules computes what its kernels do") { for_each_schedule(2, check_verilog); }

TEST_SUITE("slow") {
  TEST_CASE("Verilog of a hundred random schedules of each kernel computes what they do") {
    for_each_schedule(kSeeds, check_verilog);
  }
}
