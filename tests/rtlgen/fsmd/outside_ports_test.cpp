#include "rtlgen/fsmd/outside_ports.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "../support/scheduled.hpp"
#include "../support/simulate.hpp"
#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

/// y[l][i] = x[l][index of lane l + i] + 1; each lane has its own banks of x and y.
struct Lanes {
  Kernel kernel;
  Fsmd fsmd;
  ActorRtl actor{Module("actor", ""), {}, {}, {}, {}, {}, 1, 1, 0, 0, 0};
};

Lanes build(const std::vector<AffineExpr>& index_of_lane, bool banked, bool guarded) {
  Lanes lanes;
  auto& kernel = lanes.kernel;
  kernel.name = "lanes";
  kernel.operation = "Toy";
  const auto add_banks = [&](const std::string& name, ArrayRole role, std::int64_t words) {
    for (std::int64_t lane = 0; lane < 4; ++lane) {
      const auto bank = banked ? std::optional(Bank{{{4, words}, {{4, 1}, {}}}, lane}) : std::nullopt;
      add_array(kernel, {fmt::format("{}_b{}", name, lane), kByte, {1, words}, role, name, {}, bank});
    }
  };
  add_banks("x", ArrayRole::input, 6);
  add_banks("y", ArrayRole::output, 3);
  NestBuilder nest(kernel, "copy");
  const auto i = nest.loop("i", 3);
  for (std::size_t lane = 0; lane < 4; ++lane) {
    const auto value =
        nest.add(nest.load(ArrayId(lane), {AffineExpr(0), i + index_of_lane[lane]}), nest.integer(kByte, 1));
    std::optional<Value> guard;
    if (guarded) guard = nest.guard({is_nonnegative(AffineExpr(static_cast<std::int64_t>(lane)) - i)});
    nest.store(ArrayId(lane + 4), {AffineExpr(0), i}, value, guard);
  }
  REQUIRE(to_string(verify(kernel)) == "");
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  const auto nests = test::schedule_kernel(kernel, *target, {20.0, 0, {}}, true);
  lanes.fsmd = build_fsmd(kernel, nests, bind(kernel, nests, *target, {}));
  lanes.actor = generate_actor(kernel, lanes.fsmd, "actor");
  return lanes;
}

std::string names(const std::vector<ActorPort>& ports) {
  std::string text;
  for (const auto& port : ports) text += fmt::format("{}:{} ", port.name, port.lanes());
  return text;
}

void check_simulation(const Lanes& lanes) {
  auto contents = initial_contents(lanes.kernel);
  for (std::size_t lane = 0; lane < 4; ++lane) {
    for (std::size_t i = 0; i < 6; ++i) contents[lane][i] = 10 * lane + i;
  }
  auto expected = contents;
  REQUIRE(to_string(execute(lanes.kernel, expected)) == "");
  const auto simulated = test::simulate(lanes.kernel, lanes.actor, contents, 2);
  CHECK(simulated.cycles == lanes.actor.frame_cycles);
  CHECK(simulated.contents == expected);
  CHECK(test::lint(lanes.actor) == "");
}

const std::vector<AffineExpr> kSame(4, AffineExpr(1));
const std::vector<AffineExpr> kApart{AffineExpr(1), AffineExpr(2), AffineExpr(1), AffineExpr(2)};

}  // namespace

TEST_CASE("banks that are always accessed together share a port") {
  const auto lanes = build(kSame, true, false);
  CHECK(names(lanes.actor.inputs) == "x:4 ");
  CHECK(names(lanes.actor.outputs) == "y:4 ");
  check_simulation(lanes);
}

TEST_CASE("banks at different addresses have ports of their own") {
  const auto lanes = build(kApart, true, false);
  CHECK(names(lanes.actor.inputs) == "x:2 x_2:2 ");
  CHECK(lanes.actor.inputs[1].arrays == std::vector{ArrayId(1), ArrayId(3)});
  CHECK(names(lanes.actor.outputs) == "y:4 ");
  check_simulation(lanes);
}

TEST_CASE("arrays that are no banks have ports of their own") {
  const auto lanes = build(kSame, false, false);
  CHECK(names(lanes.actor.inputs) == "x_b0:1 x_b1:1 x_b2:1 x_b3:1 ");
  CHECK(names(lanes.actor.outputs) == "y_b0:1 y_b1:1 y_b2:1 y_b3:1 ");
  check_simulation(lanes);
}

TEST_CASE("stores under different guards share an address") {
  CHECK(names(build(kSame, true, true).actor.outputs) == "y:4 ");
}

TEST_CASE("another view of a tensor has another port") {
  auto kernel = build(kSame, true, false).kernel;
  kernel.arrays[1].bank->number = 0;
  const auto fsmd = build(kSame, true, false).fsmd;
  Module module("m", "");
  CHECK(names(outside_ports(kernel, fsmd, ArrayRole::input, module)) == "x:3 x_b1:1 ");
}
