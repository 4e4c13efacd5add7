#include "scheduler/problem.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "scheduler/list_scheduler.hpp"
#include "tests/support/random_problem.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

SchedulingProblem small_problem() {
  SchedulingProblem problem{.name = "p", .period_ps = 1000};
  problem.classes = {{.name = "mul", .latency = 2, .in_ps = 800, .out_ps = 300}, {.name = "logic", .in_ps = 600}};
  problem.operations = {{"a", ClassId(0)}, {"b", ClassId(1)}};
  problem.dependences = {{OperationId(0), OperationId(1), 2, 0, true}};
  return problem;
}

std::string errors_of(const std::string& text) {
  const auto problem = problem_from_json(nlohmann::json::parse(text));
  return problem ? "" : to_string(problem.errors());
}

}  // namespace

TEST_CASE("every rule of a problem is checked") {
  auto problem = small_problem();
  std::string expected;
  SUBCASE("nothing wrong") {}
  SUBCASE("period") {
    problem.period_ps = 0;
    expected = "p: period is 0 ps, below 1\n";
  }
  SUBCASE("negative numbers of a class") {
    problem.classes[1].in_ps = -1;
    problem.classes[1].limit = -2;
    expected = "p, class logic: limit is -2, below 0\np, class logic: in_ps is -1, below 0\n";
  }
  SUBCASE("width") {
    problem.operations[1].width = -1;
    expected = "p, b: width is -1, below 0\n";
  }
  SUBCASE("occupancy") {
    problem.classes[0].occupancy = 0;
    expected = "p, class mul: occupancy is 0, below 1\n";
  }
  SUBCASE("a delay behind no register") {
    problem.classes[1].out_ps = 5;
    expected = "p, class logic: out_ps is 5 without a register to count from\n";
  }
  SUBCASE("held with a latency") {
    problem.classes[0].held = true;
    expected = "p, class mul: held, with a latency of 2\n";
  }
  SUBCASE("held with operands") {
    problem.classes[1].held = true;
    expected = "p, a -> b: carries data to an operation whose result is held\n";
  }
  SUBCASE("a class that is not there") {
    problem.operations[1].unit_class = ClassId(2);
    expected = "p, b: its class is not there\n";
  }
  SUBCASE("an operation that is not there") {
    problem.dependences[0].to = OperationId(7);
    expected = "p: dependence 0 has an end that is not there\n";
  }
  SUBCASE("latency of data") {
    problem.dependences[0].latency = 1;
    expected = "p, a -> b: carries data with latency 1, but its source has 2\n";
  }
  SUBCASE("negative distance") {
    problem.dependences[0].distance = -1;
    expected = "p, a -> b: distance is -1, below 0\n";
  }
  SUBCASE("negative latency") {
    problem.dependences[0] = {OperationId(0), OperationId(1), -1, 0, false};
    expected = "p, a -> b: latency is -1, below 0\n";
  }
  SUBCASE("a cycle without distance") {
    problem.dependences.push_back({OperationId(1), OperationId(0), 0, 0, false});
    expected = "p: a cycle of dependences without distance: a -> b (one of them must reach a later iteration)\n";
  }
  CHECK(to_string(verify(problem)) == expected);
}

TEST_CASE("problems and schedules survive JSON") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const auto problem = random_problem(seed);
    const auto json = to_json(problem);
    const auto again = problem_from_json(json);
    REQUIRE(again);
    CHECK(to_json(*again) == json);
    const auto schedule = list_schedule(*again, {});
    REQUIRE(schedule);
    const auto schedule_again = schedule_from_json(to_json(*schedule));
    REQUIRE(schedule_again);
    CHECK(schedule_again->ii == schedule->ii);
    CHECK(schedule_again->length == schedule->length);
    CHECK(schedule_again->slots == schedule->slots);
  }
}

TEST_CASE("a wrong file is answered with the key") {
  CHECK(errors_of("[]").find("is not an object") != std::string::npos);
  CHECK(errors_of(R"({"name": "p", "classes": [], "operations": [], "dependences": []})") == "period_ps: is missing\n");
  CHECK(errors_of(R"({"name": "p", "period_ps": "x", "classes": [], "operations": [], "dependences": []})") ==
        "period_ps: is not a whole number\n");
  CHECK(
      errors_of(R"({"name": "p", "period_ps": 1, "classes": [{"latency": 1}], "operations": 3, "dependences": []})") ==
      "classes[0].name: is missing\noperations: is not a list\n");
  CHECK(errors_of(R"({"name": "p", "period_ps": 1, "classes": [{"name": "c", "held": 1}],
                      "operations": [5], "dependences": [{"from": 0}]})") ==
        "classes[0].held: is not true or false\noperations[0]: is not an object\ndependences[0].to: is missing\n");
  CHECK(to_string(schedule_from_json(nlohmann::json::parse(R"({"ii": 1, "slots": [{}]})")).errors()) ==
        "length: is missing\nslots[0].cycle: is missing\n");
}

/// Each file of tests/scheduler/problems has, beside the problem, the interval that list scheduling must reach.
TEST_CASE("problems in files") {
  int count = 0;
  for (const auto& file : std::filesystem::directory_iterator(SLUICE_SOURCE_DIR "/tests/scheduler/problems")) {
    CAPTURE(file.path().string());
    std::ifstream stream(file.path());
    const auto json = nlohmann::json::parse(stream);
    const auto problem = problem_from_json(json);
    REQUIRE(problem);
    CHECK(to_string(verify(*problem)) == "");
    const auto schedule = list_schedule(*problem, {});
    REQUIRE(schedule);
    CHECK(to_string(verify(*problem, *schedule)) == "");
    CHECK(schedule->ii == json.at("list_ii").get<int>());
    ++count;
  }
  CHECK(count >= 2);
}
