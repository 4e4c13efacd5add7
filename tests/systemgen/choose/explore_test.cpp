#include "systemgen/choose/explore.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "systemgen/flow.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/single_operator.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// What the flow builds of the model.
Report built(FlowOptions options, std::int64_t multipliers) {
  const test::TemporaryFolder place;
  options.output = place.path() / "out";
  options.stop_after = Stage::rtl;
  options.goal.multipliers = multipliers;
  Progress silent(false);
  auto result = run_flow(options, silent);
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  return result->report;
}

/// Every point has the figures of the design that is built for its number of multipliers, and none is superfluous.
Exploration check_front(const std::filesystem::path& model, const ExploreOptions& wanted, ActorOrder order) {
  FlowOptions options;
  options.order = order;
  options.model = model;
  options.optimisation = 2;
  Progress silent(false);
  const auto exploration = explore(options, wanted, silent);
  REQUIRE_MESSAGE(exploration.has_value(), to_string(exploration.errors()));
  CHECK(!exploration->points.empty());
  CHECK(exploration->points.size() <= static_cast<std::size_t>(wanted.points));
  const Report* before = nullptr;
  for (const auto& [budget, facts] : exploration->points) {
    CAPTURE(budget);
    CHECK(budget <= wanted.most_multipliers);
    const Report report = built(options, budget);
    CHECK(facts.predicted_latency == report.predicted_latency);
    CHECK(facts.predicted_interval == report.predicted_interval);
    CHECK(facts.multipliers() == report.multipliers());
    CHECK(facts.unit_area() == report.unit_area());
    CHECK(facts.register_bits() == report.register_bits());
    CHECK(facts.memory_bits() == report.memory_bits());
    for (std::size_t i = 0; i < facts.actors.size(); ++i) {
      const ActorFacts& actor = facts.actors[i];
      CHECK(actor.lanes.loops == report.actors[i].lanes.loops);
      if (actor.efficiency_bound()) CHECK(actor.mac_efficiency() <= actor.efficiency_bound());
    }
    if (before) CHECK(facts.multipliers() > before->multipliers());
    if (before) CHECK(facts.predicted_interval < before->predicted_interval);
    before = &facts;
  }
  return *exploration;
}

Exploration check_front(const onnx::ModelProto& model, const ExploreOptions& wanted,
                        ActorOrder order = ActorOrder::dataflow) {
  const test::TemporaryFolder place;
  std::ofstream(place.path() / "model.onnx", std::ios::binary) << model.SerializeAsString();
  return check_front(place.path() / "model.onnx", wanted, order);
}

}  // namespace

TEST_CASE("every point of the digits example is what the flow builds") {
  for (const auto order : {ActorOrder::sequential, ActorOrder::dataflow}) {
    const auto exploration = check_front(source_file("examples/digits/model.onnx"), {8, 64}, order);
    const auto& points = exploration.points;
    CHECK(points.size() >= 4);
    CHECK(4 * points.back().facts.predicted_interval < points.front().facts.predicted_interval);
  }
}

TEST_CASE("every point of a convolution, a ragged product, a sum of branches and a softmax is what the flow builds") {
  check_front(convolution(3, 3, 8, 6), {6, 48});
  check_front(product(5, 37, 11), {6, 32});
  check_front(parse_text("agraph (float[2,5] x) => (float[2,5] y) { y = Softmax (x) }"), {3, 8});
  const auto branches = parse_text(
      "agraph (float[6,8] x) => (float[6,8] y) {"
      " p = MatMul (x, a) q = MatMul (x, b) s = Add (p, q) y = Relu (s) }",
      {{"a", test::random_tensor({ElementType::float32, {8, 8}}, 1)},
       {"b", test::random_tensor({ElementType::float32, {8, 8}}, 2)}});
  for (const auto order : {ActorOrder::sequential, ActorOrder::staged, ActorOrder::dataflow})
    check_front(branches, {5, 20}, order);
  CHECK(check_front(parse_text("agraph (float[6] x) => (float[6] y) { y = Neg (x) }"), {5, 20}).points.size() == 1);
}

TEST_CASE("every point of a dataflow system whose kernels are split is what the flow builds") {
  const auto model = parse_text("agraph (float[6,5] x) => (float[6,7] y) { m = MatMul (x, w) y = Softmax (m) }",
                                {{"w", test::random_tensor({ElementType::float32, {5, 7}}, 1)}});
  const auto exploration = check_front(model, {5, 24}, ActorOrder::dataflow);
  std::set<std::size_t> actors;
  for (const auto& point : exploration.points) actors.insert(point.facts.actors.size());
  CHECK(*actors.rbegin() > 2);
}

TEST_CASE("fewer multipliers than there are accelerators that multiply are refused with their number") {
  FlowOptions options;
  options.model = source_file("examples/digits/model.onnx");
  options.optimisation = 2;
  Progress silent(false);
  const auto exploration = explore(options, {12, 3}, silent);
  REQUIRE(!exploration.has_value());
  CHECK(to_string(exploration.errors()) ==
        "--multipliers: 3 are asked for, and the accelerators need 4 (allow at least 4)\n");
  CHECK(explore(options, {1, 4}, silent).has_value());
}

TEST_CASE("the table, the JSON and the plot have every point") {
  const auto exploration = check_front(product(4, 16, 8), {4, 16});
  const auto json = nlohmann::json::parse(json_text(exploration));
  REQUIRE(json["points"].size() == exploration.points.size());
  const std::string table = to_table(exploration);
  const std::string svg = to_svg(exploration);
  for (std::size_t i = 0; i < exploration.points.size(); ++i) {
    const auto& [budget, facts] = exploration.points[i];
    CHECK(json["points"][i]["predicted_interval"] == facts.predicted_interval);
    CHECK(json["points"][i]["budget"] == budget);
    CHECK(table.find(fmt::format(" {} ", facts.predicted_latency)) != std::string::npos);
  }
  std::size_t marks = 0;
  for (auto at = svg.find("<circle"); at != std::string::npos; at = svg.find("<circle", at + 1)) ++marks;
  CHECK(marks == 3 * exploration.points.size());  // latency, interval, area
  CHECK(json["points"].back()["actors"].back()["lanes"].size() > 0);
}
