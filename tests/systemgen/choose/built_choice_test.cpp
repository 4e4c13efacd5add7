#include "systemgen/choose/built_choice.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <numeric>
#include <random>

#include "systemgen/choose/design_builder.hpp"
#include "systemgen/lower_graph.hpp"
#include "systemgen/read_model.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/single_operator.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// A model on its way to designs.
struct Designs {
  explicit Designs(const onnx::ModelProto& model, bool reassociate = true) {
    const test::TemporaryFolder place;
    options.model = place.path() / "model.onnx";
    options.optimisation = 2;
    options.reassociate = reassociate;
    std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
    graph = *import_model(options, silent);
    REQUIRE(optimise(options, graph, stats, silent).empty());
    kernels = *lower_graph(graph);
    actor = actor_options(options, target, target.default_clock_ns());
    pipeline = pipeline_options(options, stats, silent);
  }

  [[nodiscard]] DesignSpace space(std::int64_t most) const {
    return *DesignSpace::explore(kernels, actor, pipeline, most, {ActorOrder::sequential});
  }

  [[nodiscard]] DesignBuilder builder(ActorOrder order) const {
    auto streamable = StreamableKernels::find(graph, kernels, {}, actor, pipeline);
    REQUIRE(streamable.has_value());
    return {graph, std::move(*streamable), actor, pipeline, {order, "m", {}}};
  }

  Target target = Target::load("generic").value();
  FlowOptions options;
  Dumper silent;
  std::vector<PassStats> stats;
  TensorGraph graph;
  std::vector<Kernel> kernels;
  ActorOptions actor;
  PipelineOptions pipeline;
};

onnx::ModelProto two_products() {
  return parse_text("agraph (float[8,24] x) => (float[8,10] y) { h = MatMul (x, v) y = MatMul (h, w) }",
                    {{"v", test::random_tensor({ElementType::float32, {24, 20}}, 1)},
                     {"w", test::random_tensor({ElementType::float32, {20, 10}}, 2)}});
}

std::int64_t random_from(std::int64_t low, std::int64_t high, std::mt19937& random) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

/// Kernels of several nests, which are split, and sums.
onnx::ModelProto rows_model(std::int64_t rows, std::int64_t length) {
  return parse_text(fmt::format("agraph (float[{0},{1}] x) => (float[{0},1] y) {{"
                                " n = LayerNormalization (x, s) m = Softmax (n)"
                                " y = ReduceMean <axes = [1]> (m) }}",
                                rows, length),
                    {{"s", test::random_tensor({ElementType::float32, {length}}, 3)}});
}

/// A product that can take rows of an image as they come, or all of it as a vector.
onnx::ModelProto flattened(std::int64_t columns) {
  return parse_text(fmt::format("agraph (float[1,4,8,{0}] x) => (float[1,2] y) <int64[2] s = {{1, -1}}> {{"
                                " a = Conv <pads = [1,1,1,1], strides = [3,3]> (x, v) f = Reshape (a, s)"
                                " y = MatMul (f, w) }}",
                                3 * columns),
                    {{"v", test::random_tensor({ElementType::float32, {5, 4, 3, 3}}, 1)},
                     {"w", test::random_tensor({ElementType::float32, {15 * columns, 2}}, 2)}});
}

/// Of the kinds whose lanes meet at ports: a tensor read twice, strides, one dimension, groups; and of several nests.
onnx::ModelProto random_model(std::mt19937& random) {
  const auto from = [&](std::int64_t low, std::int64_t high) { return random_from(low, high, random); };
  const auto weights = [](Shape shape) { return test::random_tensor({ElementType::float32, std::move(shape)}, 5); };
  const std::int64_t n = from(4, 12);
  switch (from(0, 5)) {
    case 0:
      return parse_text(fmt::format("agraph (float[{0},{0}] a) => (float[{0},{0}] y) {{ y = MatMul (a, a) }}", n), {});
    case 1:
      return parse_text(fmt::format("agraph (float[1,3,{0},{0}] x) => (float[1,4,{1},{1}] y) {{"
                                    " y = ConvTranspose <strides = [2,2], kernel_shape = [2,2]> (x, w) }}",
                                    n, 2 * n),
                        {{"w", weights({3, 4, 2, 2})}});
    case 2:
      return parse_text(fmt::format("agraph (float[1,4,{0}] x) => (float[1,6,{0}] y) {{"
                                    " y = Conv <pads = [1,1]> (x, w) }}",
                                    2 * n),
                        {{"w", weights({6, 4, 3})}});
    case 3:
      return convolution(3, n, n, 6, n);
    case 4:
      return rows_model(n, 2 * from(2, 8));
    default:
      return two_products();
  }
}

constexpr std::array kOrders{ActorOrder::sequential, ActorOrder::staged, ActorOrder::dataflow};

/// Cycles of designs with ever more multipliers don't rise, but by what other forms of kernels aren't worth and
/// estimates of what is not built may be wrong by.
void check_more_is_faster(const Designs& designs, ActorOrder order, std::int64_t most, std::mt19937& random) {
  Progress silent(false);
  auto builder = designs.builder(order);
  const auto budgets = builder.budgets(most, 2);
  REQUIRE(budgets.has_value());
  constexpr double kBounds = 1.03;
  std::int64_t before = 0;
  for (std::int64_t m = budgets->front(); m <= most; m += random_from(1, 3, random)) {
    CAPTURE(m);
    const auto report = builder.build(m, silent);
    REQUIRE_MESSAGE(report.has_value(), to_string(report.errors()));
    CHECK(report->multipliers() <= m);
    if (before > 0) CHECK(static_cast<double>(report->predicted_interval) <= kBounds * static_cast<double>(before));
    before = report->predicted_interval;
  }
}

void check_random_models(int models, unsigned seed, std::int64_t most) {
  std::mt19937 random(seed);
  for (int i = 0; i < models; ++i) {
    CAPTURE(i);
    const bool reassociate = random_from(0, 3, random) > 0;
    const Designs designs(random_model(random), reassociate);
    check_more_is_faster(designs, kOrders[static_cast<std::size_t>(i) % kOrders.size()], most, random);
  }
}

}  // namespace

TEST_CASE("the choice is the fastest of those that were built, whatever building finds") {
  const Designs designs(two_products());
  const DesignSpace space = designs.space(24);
  const auto& fronts = space.fronts();
  std::mt19937 random(3);
  for (int i = 0; i < 40; ++i) {
    CAPTURE(i);
    // What each point of each kernel takes: as modelled, or more.
    std::map<std::pair<std::size_t, Parallelism>, BuiltCycles> takes;
    for (std::size_t k = 0; k < fronts.size(); ++k) {
      for (const auto& point : fronts[k])
        takes[{k, point.parallelism}] = {point.iterations * random_from(1, 3, random), random_from(5, 30, random)};
    }
    std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
    std::vector<std::int64_t> cycles(fronts.size(), 0);
    const BuildKernel build = [&](const KernelPlan& plan) -> Expected<BuiltCycles> {
      const BuiltCycles built = takes.at({plan.kernel, plan.parallelism});
      cycles[plan.kernel] = built.all();
      if (plan.kernel + 1 == fronts.size())
        fewest = std::min(fewest, std::accumulate(cycles.begin(), cycles.end(), 0L));
      return built;
    };
    const auto design = fastest_built(space, {ActorOrder::sequential}, build);
    REQUIRE(design.has_value());
    std::int64_t all = 0;
    std::int64_t multipliers = 0;
    for (const auto& plan : design->kernels) {
      all += takes.at({plan.kernel, plan.parallelism}).all();
      multipliers += std::ranges::find(fronts[plan.kernel], plan.parallelism, &KernelPoint::parallelism)->multipliers;
    }
    CHECK(all == fewest);
    CHECK(all == design->cost.cycles);
    CHECK(multipliers <= 24);
    // No slower than what the model takes for the fastest.
    const Choice first = BudgetTable(fronts, 24).choice(24);
    std::int64_t at_first = 0;
    for (std::size_t k = 0; k < fronts.size(); ++k) at_first += takes.at({k, fronts[k][first[k]].parallelism}).all();
    CHECK(all <= at_first);
  }
}

TEST_CASE("what can't be built is left for what was built before, and if nothing was, its error is said") {
  const Designs designs(two_products());
  const DesignSpace space = designs.space(24);
  const Choice first = BudgetTable(space.fronts(), 24).choice(24);
  for (const std::size_t good : {space.fronts().size(), std::size_t{1}}) {
    std::size_t calls = 0;
    const BuildKernel build = [&](const KernelPlan& plan) -> Expected<BuiltCycles> {
      if (++calls > good) return Diagnostic{"k", "can't be built", ""};
      return BuiltCycles{1000 * space.fronts()[plan.kernel][first[plan.kernel]].iterations, 0};
    };
    const auto design = fastest_built(space, {ActorOrder::sequential}, build);
    CHECK(calls == good + 1);
    REQUIRE(design.has_value() == (good > 1));
    for (std::size_t k = 0; design && k < first.size(); ++k)
      CHECK(design->kernels[k].parallelism == space.fronts()[k][first[k]].parallelism);
  }
}

TEST_CASE("splitting kernels never makes a slower design") {
  Progress silent(false);
  const Designs designs(rows_model(6, 16));
  auto split = designs.builder(ActorOrder::dataflow);
  Designs others = designs;
  others.pipeline.passes.skip = {"split-kernels"};
  auto whole = others.builder(ActorOrder::dataflow);
  for (const std::int64_t multipliers : {8, 13, 20, 40, 64}) {
    CAPTURE(multipliers);
    const auto both = std::pair{split.build(multipliers, silent), whole.build(multipliers, silent)};
    REQUIRE(both.first.has_value());
    REQUIRE(both.second.has_value());
    CHECK(both.first->predicted_interval <= both.second->predicted_interval);
  }
}

TEST_CASE("more multipliers never make a slower design") { check_random_models(6, 104, 40); }

TEST_CASE("more multipliers never make a slower design, whether rows are summed up as they come or not") {
  std::mt19937 random(1);
  for (const std::int64_t columns : {2, 3})
    check_more_is_faster(Designs(flattened(columns)), ActorOrder::dataflow, 80, random);
}

TEST_SUITE("slow") {
  TEST_CASE("more multipliers never make a slower design of many models") { check_random_models(60, 12, 64); }
}
