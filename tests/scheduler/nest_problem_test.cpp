#include "scheduler/nest_problem.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/builder.hpp"
#include "scheduler/clock.hpp"
#include "scheduler/list_scheduler.hpp"
#include "scheduler/unit_timing.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kFloat = ScalarType::floating(kFloat32);

/// y[i] = sum over k of a[i][k] * b[k], with the sum kept in a scratch array, and a second nest that adds 1 to it.
Kernel matrix_vector() {
  Kernel kernel{.name = "mv"};
  auto weights = std::make_shared<std::vector<std::uint64_t>>(12, 0);
  const auto a = add_array(kernel, {"a", kFloat, {3, 4}, ArrayRole::weight, "", weights});
  const auto b = add_array(kernel, {"b", kFloat, {4}, ArrayRole::input, "b", {}});
  const auto s = add_array(kernel, {"s", kFloat, {3}, ArrayRole::scratch, "", {}});
  const auto y = add_array(kernel, {"y", kFloat, {3}, ArrayRole::output, "y", {}});
  {
    NestBuilder nest(kernel, "sum");
    const auto i = nest.loop("i", 3);
    const auto k = nest.loop("k", 4);
    const Value first = nest.guard({is_zero(k)});
    const Value before = nest.select(first, nest.constant(kFloat32, 0), nest.load(s, {i}));
    nest.store(s, {i}, nest.add(before, nest.multiply(nest.load(a, {i, k}), nest.load(b, {k}))));
  }
  NestBuilder nest(kernel, "bias");
  const auto i = nest.loop("i", 3);
  nest.store(y, {i}, nest.add(nest.load(s, {i}), nest.constant(kFloat32, 1)));
  REQUIRE(to_string(verify(kernel)) == "");
  return kernel;
}

Target generic() { return *Target::load("generic"); }

SchedulingProblem problem_of(const Kernel& kernel, const ResourceOptions& options = {}) {
  return build_problem(kernel, kernel.nests[0], build_dfg(kernel, kernel.nests[0]), generic(), options);
}

const UnitClass& class_named(const SchedulingProblem& problem, const std::string& name) {
  const auto found =
      std::find_if(problem.classes.begin(), problem.classes.end(), [&](const auto& unit) { return unit.name == name; });
  REQUIRE(found != problem.classes.end());
  return *found;
}

const Dependence& dependence(const SchedulingProblem& problem, const std::string& from, const std::string& to) {
  const auto starts = [&](OperationId id, const std::string& name) {
    return problem.operations[id.index()].name.rfind(name, 0) == 0;
  };
  const auto found = std::find_if(problem.dependences.begin(), problem.dependences.end(),
                                  [&](const auto& d) { return starts(d.from, from) && starts(d.to, to); });
  REQUIRE(found != problem.dependences.end());
  return *found;
}

}  // namespace

TEST_CASE("units come from the target, with the multiplexer that sharing needs") {
  const Target target = generic();
  const auto problem = problem_of(matrix_vector());
  CHECK(to_string(verify(problem)) == "");
  CHECK(problem.period_ps == 10'000 - target.register_ps());
  const auto alone = target.timing("fp_mul", kFloat, problem.period_ps);
  const auto& mul = class_named(problem, "fp_mul f32");
  CHECK(mul.latency == alone.latency);
  CHECK(mul.in_ps == alone.in_ps);
  CHECK(mul.limit == 1);
  auto segments = target.figures("fp_add", kFloat).segment_ps;
  segments.front() += target.multiplexer_ps(2);  // one operation in each nest
  const auto shared = place_cuts(segments, problem.period_ps);
  const auto& add = class_named(problem, "fp_add f32");
  CHECK(add.latency == shared.latency);
  CHECK(add.in_ps == shared.in_ps);
  CHECK(add.out_ps == shared.out_ps);
}

TEST_CASE("a faster clock cuts units more often") {
  int before = 0;
  for (const double clock : {20.0, 10.0, 6.0, 5.0}) {
    const auto problem = problem_of(matrix_vector(), {.clock_ns = clock});
    const int latency = class_named(problem, "fp_add f32").latency;
    CHECK(latency >= before);
    before = latency;
    CHECK(list_schedule(problem, {}));
  }
  CHECK(before >= 3);
}

TEST_CASE("memory ports, counters and wires") {
  const Target target = generic();
  const auto problem = problem_of(matrix_vector());
  const auto& read = class_named(problem, "read a");
  CHECK(read.latency == 1);
  CHECK(read.limit == 1);
  CHECK(read.in_ps == target.memory_setup_ps());
  CHECK(read.out_ps == target.memory_read_ps());
  CHECK(class_named(problem, "read s").latency == 0);
  CHECK(class_named(problem, "read s").in_ps == target.multiplexer_ps(2) + target.multiplexer_ps(4));
  CHECK(class_named(problem, "write s").latency == 1);
  CHECK(class_named(problem, "wires").in_ps == 0);
  const auto held = std::find_if(problem.classes.begin(), problem.classes.end(), [](const auto& c) { return c.held; });
  REQUIRE(held != problem.classes.end());
  CHECK(held->in_ps > 0);
}

TEST_CASE("accesses of one array keep their order") {
  const auto problem = problem_of(matrix_vector());
  const auto& back = dependence(problem, "store_s", "load_s");
  CHECK_FALSE(back.data);
  CHECK(back.latency == 1);
  CHECK(back.distance == 1);
  const auto& forth = dependence(problem, "load_s", "store_s");
  CHECK(forth.latency == 0);  // registers, which can be read in the cycle in which they are written
  CHECK(forth.distance == 0);
  const auto schedule = list_schedule(problem, {});
  REQUIRE(schedule);
  CHECK(to_string(verify(problem, *schedule)) == "");
}

TEST_CASE("limits are by the name of the unit, and change its multiplexer") {
  const auto problem = problem_of(matrix_vector(), {.default_limit = 2, .limits = {{"fp_add", 0}}});
  CHECK(class_named(problem, "fp_mul f32").limit == 2);
  CHECK(class_named(problem, "fp_add f32").limit == 0);
  const UnitSpec add{"fp_add", {kFloat, kFloat}, kFloat};
  CHECK(multiplexer_inputs(matrix_vector(), add, 0) == 2);
}

TEST_CASE("a clock that no unit can be cut for is answered with the least one") {
  const Kernel kernel = matrix_vector();
  const Target target = generic();
  const double least = least_clock_ns(kernel, target, {});
  CHECK(check_clock(kernel, target, {.clock_ns = least}).empty());
  const auto problem = problem_of(kernel, {.clock_ns = least});
  const auto schedule = list_schedule(problem, {});
  REQUIRE(schedule);
  CHECK(to_string(verify(problem, *schedule)) == "");
  const auto text = to_string(check_clock(kernel, target, {.clock_ns = least - 0.1}));
  CHECK(text.find("too fast for target generic") != std::string::npos);
  CHECK(text.find("the least clock is " + std::to_string(least).substr(0, 3)) != std::string::npos);
  CHECK_FALSE(check_clock(kernel, target, {.clock_ns = 0.5}).empty());
}

TEST_CASE("a unit that a guard feeds leaves time for it") {
  Kernel kernel{.name = "k"};
  const auto y = add_array(kernel, {"y", kFloat, {8}, ArrayRole::output, "y", {}});
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 8);
  nest.store(y, {i}, nest.convert(nest.guard({is_nonnegative(i - AffineExpr(3))}), kFloat));
  REQUIRE(to_string(verify(kernel)) == "");
  for (double clock = least_clock_ns(kernel, generic(), {}); clock < 15; clock += 0.25) {
    CAPTURE(clock);
    CHECK(list_schedule(problem_of(kernel, {.clock_ns = clock}), {}));
  }
}

TEST_CASE("a result's width is what a register must keep") {
  const auto kernel = matrix_vector();
  const auto problem = problem_of(kernel);
  for (const auto& operation : problem.operations) {
    CAPTURE(operation.name);
    const bool nothing = operation.name.rfind("store", 0) == 0 || operation.name.rfind("constant", 0) == 0;
    const bool one = operation.name.rfind("guard", 0) == 0;
    CHECK(operation.width == (nothing ? 0 : one ? 1 : 32));
  }
}
