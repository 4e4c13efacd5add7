#include "systemgen/choose/part_fronts.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"
#include "frontend/loops/legal_cuts.hpp"
#include "scheduler/schedulers.hpp"
#include "systemgen/choose/pipeline_kernel.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

/// Eight firings of three nests that hand on one array each.
Kernel chain() {
  Kernel kernel;
  kernel.name = "chain";
  kernel.token_loops.push_back({"t", 8});
  const auto x = add_array(kernel, {"x", kByte, {8, 10}, ArrayRole::input, "x", nullptr});
  const auto a = add_array(kernel, {"a", kByte, {10}, ArrayRole::scratch, "", nullptr});
  const auto b = add_array(kernel, {"b", kByte, {10}, ArrayRole::scratch, "", nullptr});
  const auto y = add_array(kernel, {"y", kByte, {8, 10}, ArrayRole::output, "y", nullptr});
  const auto step = [&](const std::string& name, const auto& load, const auto& store) {
    NestBuilder nest(kernel, name);
    const auto i = nest.loop("i", 10);
    store(nest, i, nest.multiply(load(nest, i), nest.integer(kByte, 3)));
  };
  const auto from = [](ArrayId array) {
    return [array](NestBuilder& nest, const AffineExpr& i) { return nest.load(array, {i}); };
  };
  const auto to = [](ArrayId array) {
    return [array](NestBuilder& nest, const AffineExpr& i, Value value) { nest.store(array, {i}, value); };
  };
  step(
      "first",
      [&](NestBuilder& nest, const AffineExpr& i) {
        return nest.load(x, {nest.token(0), i});
      },
      to(a));
  step("second", from(a), to(b));
  step("third", from(b), [&](NestBuilder& nest, const AffineExpr& i, Value value) {
    nest.store(y, {nest.token(0), i}, value);
  });
  return kernel;
}

KernelPoint point(std::int64_t multipliers, std::int64_t iterations) { return {{}, multipliers, iterations, 0}; }

}  // namespace

TEST_CASE("a kernel is split where parts reach a number of iterations with fewer multipliers") {
  const Kernel kernel = chain();
  PartFronts fronts;
  const auto add = [&](NestRange range, std::vector<KernelPoint> points) {
    fronts.emplace(range, KnownFront(std::move(points)));
  };
  add({0, 1}, {point(1, 100), point(2, 50)});
  add({1, 2}, {point(1, 60)});
  add({2, 3}, {point(1, 20)});
  add({0, 2}, {point(1, 160), point(3, 90)});
  add({1, 3}, {point(1, 80)});
  add({0, 3}, {point(1, 180), point(2, 110), point(5, 55)});
  const auto front = split_front(kernel, fronts);
  const auto check = [&](std::size_t number, std::int64_t multipliers, std::int64_t iterations, std::size_t parts) {
    REQUIRE(number < front.size());
    CHECK(front[number].multipliers == multipliers);
    CHECK(front[number].iterations == iterations);
    CHECK(front[number].parts.size() == parts);
  };
  check(0, 1, 180, 1);
  check(1, 2, 110, 1);  // with as many multipliers, parts are faster at once, but not needed yet
  check(2, 2, 100, 2);  // second and third together
  check(3, 3, 80, 2);   // with two multipliers for the first
  check(4, 4, 60, 3);
  check(5, 5, 55, 1);
  CHECK(front.size() == 6);
}

TEST_CASE("fronts count the cycles of actors") {
  const Kernel kernel = chain();
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  const ActorOptions actor{&*target, find_scheduler("sdc"), {10.0, 0, {}}, true};
  const auto options_of = [](const Kernel&) { return FrontOptions{.most_lanes = 4}; };
  const BuildPlain build = [&](const Kernel& part, bool) -> Expected<BuiltCycles> {
    return built_cycles(*pipeline_kernel(part, actor, {}), ActorOrder::dataflow);
  };
  const auto fronts = part_fronts(kernel, legal_cuts(kernel), "k", options_of, build);
  REQUIRE(fronts.has_value());
  CHECK(fronts->size() == 6);
  for (const auto& [range, front] : *fronts) {
    const auto built = pipeline_kernel(kernel_part(kernel, range, "k"), actor, {});
    REQUIRE(built.has_value());
    CHECK(front.points()[0].iterations == interval_of(built->kernel, built->nests));
  }
  CHECK(fronts->at({0, 1}).points()[0].iterations == 80);
  CHECK(fronts->at({0, 3}).points()[0].iterations > 3 * 80);
  CHECK(part_fronts(kernel, {}, "k", options_of, build)->size() == 1);
}
