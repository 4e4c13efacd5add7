#include <doctest/doctest.h>

#include <bit>
#include <set>

#include "../support/random_kernel.hpp"
#include "../support/scheduled.hpp"
#include "../support/simulate.hpp"
#include "binder/stats.hpp"
#include "core/kernel/builder.hpp"
#include "rtlgen/fsmd/actor.hpp"

using namespace sluice;

namespace {

/// What every level makes of one random kernel.
struct Levels {
  Kernel kernel;
  ArrayContents inputs;
  ArrayContents expected;  ///< of the kernel interpreter
  Fsmd fsmd;
  BindingStats stats;
};

/// Inputs and outputs are in buffers of so many frames.
Levels build(Kernel kernel, std::mt19937& random, bool overlap, std::int64_t frames) {
  Levels levels;
  levels.kernel = std::move(kernel);
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
  std::vector<ArrayLayout> layouts(levels.kernel.arrays.size());
  for (std::size_t i = 0; i < layouts.size() && frames > 1; ++i) {
    const auto& array = levels.kernel.arrays[i];
    if (array.role == ArrayRole::input || array.role == ArrayRole::output)
      layouts[i].ring = frames * element_count(array.shape);
  }
  levels.fsmd = build_fsmd(levels.kernel, nests, binding, layouts);
  levels.stats = binding_stats(levels.kernel, nests, binding, *target);
  REQUIRE(to_string(verify(levels.fsmd)) == "");
  return levels;
}

Levels build(unsigned seed, bool overlap) {
  std::mt19937 random(seed);
  auto kernel = test::random_kernel(random);
  return build(std::move(kernel), random, overlap, 1);
}

/// y[h][w] = x[table[h][w]], a firing for each h.
Kernel lookup_kernel(std::mt19937& random) {
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  };
  constexpr ScalarType kByte = ScalarType::unsigned_integer(8);
  const Shape shape{pick(1, 4), pick(1, 6)};
  const std::int64_t elements = pick(2, 40);
  const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(elements - 1)));
  auto numbers = std::make_shared<std::vector<std::uint64_t>>();
  for (std::int64_t i = 0; i < element_count(shape); ++i)
    numbers->push_back(static_cast<std::uint64_t>(pick(0, elements - 1)));
  Kernel kernel;
  kernel.name = "look_up";
  kernel.operation = "LookUp";
  kernel.token_loops = {{"h", shape[0]}};
  const auto x = add_array(kernel, {"x", kByte, {elements}, ArrayRole::input, "x", {}});
  const auto y = add_array(kernel, {"y", kByte, shape, ArrayRole::output, "y", {}});
  const auto table =
      add_array(kernel, {"table", ScalarType::unsigned_integer(bits), shape, ArrayRole::weight, "", numbers});
  NestBuilder nest(kernel, "copy");
  const auto w = nest.loop("w", shape[1]);
  nest.store(y, {nest.token(0), w}, nest.lookup(x, nest.load(table, {nest.token(0), w})));
  return kernel;
}

void check_outputs(const Kernel& kernel, const ArrayContents& actual, const ArrayContents& expected) {
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    if (kernel.arrays[i].role != ArrayRole::output) continue;
    INFO("array ", kernel.arrays[i].name);
    CHECK(actual[i] == expected[i]);
  }
}

/// Counts a multiplexer of one input of the datapath.
void count(MultiplexerStats& stats, int bits, const std::set<Source>& sources) {
  const int inputs = static_cast<int>(sources.size());
  stats.widest = std::max(stats.widest, inputs);
  if (inputs < 2) return;
  ++stats.count;
  stats.inputs += inputs;
  stats.bits += std::int64_t{bits} * (inputs - 1);
}

MultiplexerStats at_units(const Fsmd& fsmd) {
  MultiplexerStats stats;
  for (const auto& unit : fsmd.units) {
    for (std::size_t i = 0; i < unit.inputs.size(); ++i) {
      std::set<Source> sources;
      for (const auto& transfer : unit.inputs[i]) sources.insert(transfer.source);
      count(stats, unit.bound.spec.operands[i].width(), sources);
    }
  }
  return stats;
}

MultiplexerStats at_registers(const Fsmd& fsmd) {
  MultiplexerStats stats;
  for (const auto& reg : fsmd.registers) {
    std::set<Source> sources;
    for (const auto& write : reg.writes) sources.insert(write.source);
    count(stats, reg.bound.width, sources);
  }
  return stats;
}

MultiplexerStats at_memories(const Fsmd& fsmd, const Kernel& kernel) {
  MultiplexerStats stats;
  for (std::size_t i = 0; i < fsmd.arrays.size(); ++i) {
    const auto& array = kernel.arrays[i];
    const auto address_bits =
        static_cast<int>(std::bit_width(static_cast<std::uint64_t>(element_count(array.shape) - 1)));
    std::set<Source> read, written, data;
    for (const auto& access : fsmd.arrays[i].reads) read.insert(access.address);
    for (const auto& access : fsmd.arrays[i].writes) written.insert(access.address);
    for (const auto& access : fsmd.arrays[i].writes) data.insert(*access.data);
    count(stats, address_bits, read);
    count(stats, address_bits, written);
    count(stats, array.type.width(), data);
  }
  return stats;
}

}  // namespace

TEST_CASE("the binding's statistics count the multiplexers that the FSMD has") {
  int inputs = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const auto levels = build(seed, seed % 2 == 1);
    CHECK(levels.stats.at_units == at_units(levels.fsmd));
    CHECK(levels.stats.at_registers == at_registers(levels.fsmd));
    CHECK(levels.stats.at_memories == at_memories(levels.fsmd, levels.kernel));
    inputs += levels.stats.at_units.inputs + levels.stats.at_memories.inputs;
  }
  CHECK(inputs > 500);
}

TEST_CASE("counters and addresses and values of iterators are as narrow as their ranges") {
  int narrow = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const auto levels = build(seed, seed % 2 == 1);
    for (const auto& tracker : levels.fsmd.trackers) {
      const auto range = tracker.expr.range(levels.fsmd.nests[tracker.nest].trips);
      int needed = 1;
      const auto holds = [&](int bits) {
        const std::int64_t half = std::int64_t{1} << (bits - 1);
        return range.low >= 0 ? range.high < 2 * half : range.low >= -half && range.high < half;
      };
      while (!holds(needed)) ++needed;
      CHECK_MESSAGE(tracker.type.width() <= needed, tracker.name);
      if (needed < 12) ++narrow;
    }
  }
  CHECK(narrow > 200);
}

TEST_CASE("an FSMD computes what its kernel does, in the cycles that it predicts") {
  for (unsigned seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    const auto levels = build(seed, seed % 2 == 1);
    ArrayContents actual = levels.inputs;
    CHECK(execute(levels.fsmd, actual) == frame_cycles(levels.fsmd));
    check_outputs(levels.kernel, actual, levels.expected);
  }
}

TEST_CASE("lookups by data in a buffer of several frames count from where the frame begins") {
  int lookups = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto kernel = seed % 2 == 0 ? lookup_kernel(random) : test::random_kernel(random);
    const auto levels = build(std::move(kernel), random, seed % 4 < 2, 2 + seed % 3);
    for (std::size_t i = 0; i < levels.kernel.arrays.size(); ++i) {
      const auto elements = element_count(levels.kernel.arrays[i].shape);
      for (const auto& read : levels.fsmd.arrays[i].reads) {
        if (levels.kernel.arrays[i].role != ArrayRole::input) continue;
        const auto& place = read.frame ? *read.frame : read.address;
        REQUIRE(place.kind == Source::Kind::tracker);
        CHECK(levels.fsmd.trackers[place.index].frame == elements);
        CHECK(levels.fsmd.trackers[place.index].ring == levels.fsmd.arrays[i].ring);
        lookups += read.frame.has_value();
      }
    }
    ArrayContents actual = levels.inputs;
    CHECK(execute(levels.fsmd, actual) == frame_cycles(levels.fsmd));
    check_outputs(levels.kernel, actual, levels.expected);
  }
  CHECK(lookups > 20);
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

TEST_CASE("a guard on a constant that never holds keeps its store from running") {
  Kernel kernel;
  kernel.name = "never";
  const auto byte = ScalarType::unsigned_integer(8);
  const auto y = add_array(kernel, {"y", byte, {2}, ArrayRole::output, "y", {}});
  NestBuilder nest(kernel, "write");
  const auto i = nest.loop("i", 2);
  nest.store(y, {i}, nest.integer(byte, 7));
  nest.store(y, {i}, nest.integer(byte, 9), nest.guard({is_nonnegative(i), is_nonnegative(AffineExpr(-1))}));
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  const auto nests = test::schedule_kernel(kernel, *target, {10.0, 0, {}}, false);
  const auto fsmd = build_fsmd(kernel, nests, bind(kernel, nests, *target, {}));
  CHECK(fsmd.guards.at(0).never);
  auto contents = initial_contents(kernel);
  execute(fsmd, contents);
  CHECK(contents[0] == std::vector<std::uint64_t>{7, 7});
}
