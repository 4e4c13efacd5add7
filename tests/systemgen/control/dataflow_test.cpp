#include "systemgen/control/dataflow.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "systemgen/analysis/steady_state.hpp"
#include "systemgen/compose_design.hpp"
#include "systemgen/control/predict.hpp"
#include "tests/systemgen/support/banked.hpp"
#include "tests/systemgen/support/row_network.hpp"

using namespace sluice;

namespace {

Design dataflow_design(TokenNetwork network, BufferGoal goal, const std::map<std::string, int>& limits = {},
                       std::optional<std::int64_t> stream_bits = {}) {
  auto actors = test::built_actors(network, limits);
  ActorSeconds seconds;
  auto design = compose(std::move(network), actors, {"top", ActorOrder::dataflow, goal, stream_bits}, seconds);
  REQUIRE_MESSAGE(design.has_value(), to_string(design.errors()));
  return std::move(*design);
}

SimulationResult simulate(const Design& design, const std::vector<ChannelContents>& frames,
                          const std::vector<std::string>& plusargs) {
  auto result = test::simulate_toy(design, frames, Simulator::icarus, plusargs);
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  CHECK(result->mismatches.empty());
  CHECK(result->violations.empty());
  CHECK(result->passed);
  return std::move(*result);
}

BufferGoal goal_of(unsigned seed) { return seed % 2 == 0 ? BufferGoal::minimal : BufferGoal::throughput; }

/// Five frames give what the kernels compute, and end in the cycles that were predicted.
void check_frames(const Design& design) {
  const auto frames = test::toy_frames(design, 5);
  const auto result = simulate(design, frames, {});
  const auto predicted = predicted_frames(*design.system.timed, 5);
  REQUIRE(result.frames.size() == 5);
  REQUIRE(predicted.size() == 5);
  CHECK(predicted[0].latency() == design.system.predicted_latency);
  for (std::size_t f = 0; f < 5; ++f)
    CHECK(result.frames[f].last - result.frames[0].first == predicted[f].end - predicted[0].begin);
}

}  // namespace

TEST_CASE("a dataflow system computes what the kernels do, and every frame ends in the cycle predicted") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    check_frames(dataflow_design(test::random_row_network(random), goal_of(seed)));
  }
}

TEST_CASE("streams that pass an image pixel by pixel") {
  int last = 0;
  for (unsigned seed = 101; seed <= 124; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto design = dataflow_design(test::random_row_network(random, StreamLayout::channels_last), goal_of(seed));
    for (const auto& port : design.system.ports) last += port.order.is_row_major() ? 0 : 1;
    check_frames(design);
    const auto frames = test::toy_frames(design, 4);
    simulate(design, frames, {"+stall=50", fmt::format("+seed={}", seed)});
  }
  CHECK(last >= 20);
}

TEST_CASE("the parts of split kernels hand their rows on") {
  std::size_t actors = 0;
  for (unsigned seed = 31; seed <= 42; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto design = dataflow_design(test::random_split_network(random), goal_of(seed));
    actors += design.actors.size();
    check_frames(design);
  }
  CHECK(actors >= 50);
}

TEST_CASE("sums grow as rows come, whatever the streams do") {
  int streamed = 0;
  for (unsigned seed = 81; seed <= 100; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto network = test::random_sum_network(random);
    const bool rows = token_count(network[network.actors[1]].kernel) > 1;
    const auto design = dataflow_design(std::move(network), goal_of(seed));
    if (!rows) continue;
    ++streamed;
    check_frames(design);
    simulate(design, test::toy_frames(design, 5), {"+stall=70", fmt::format("+seed={}", seed)});
  }
  CHECK(streamed >= 8);
}

TEST_CASE("the schedules say how long an actor takes for a frame in a dataflow system") {
  for (unsigned seed = 51; seed <= 80; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto network = seed % 2 == 0 ? test::random_row_network(random) : test::random_split_network(random);
    auto actors = test::built_actors(network);
    std::vector<std::int64_t> intervals;
    std::vector<std::int64_t> merged;
    std::vector<std::int64_t> firings;
    for (std::size_t i = 0; i < actors.size(); ++i) {
      firings.push_back(token_count(network[network.actors[i]].kernel));
      intervals.push_back(interval_of(network[network.actors[i]].kernel, actors[i].nests));
      merged.push_back(merged_interval_of(network[network.actors[i]].kernel, actors[i].nests));
    }
    ActorSeconds seconds;
    const std::size_t inputs = network.inputs.size();
    const auto design =
        compose(std::move(network), actors, {"top", ActorOrder::dataflow, BufferGoal::throughput}, seconds);
    REQUIRE_MESSAGE(design.has_value(), to_string(design.errors()));
    for (std::size_t i = 0; i < intervals.size(); ++i) {
      const auto& timed = design->system.timed->network.actors[inputs + i];
      CHECK(intervals[i] >= timed.firings * timed.spacing);
      CHECK(merged[i] <= timed.firings * timed.spacing);
      CHECK((timed.firings == firings[i] ? intervals[i] : merged[i]) == timed.firings * timed.spacing);
    }
  }
}

TEST_CASE("beats of several elements are taken apart and put together") {
  int wide = 0;
  for (unsigned seed = 41; seed <= 60; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto design = dataflow_design(test::random_row_network(random), BufferGoal::throughput, {}, 32);
    for (const auto& port : design.system.ports) wide += port.elements_per_beat > 1 ? 1 : 0;
    const auto frames = test::toy_frames(design, 4);
    const auto result = simulate(design, frames, {});
    const auto predicted = predicted_frames(*design.system.timed, 4);
    for (std::size_t f = 0; f < 4; ++f)
      CHECK(result.frames[f].last - result.frames[0].first == predicted[f].end - predicted[0].begin);
    simulate(design, frames, {"+stall=50", fmt::format("+seed={}", seed)});
  }
  CHECK(wide >= 10);
}

TEST_CASE("a dataflow system bears streams that pause") {
  for (unsigned seed = 21; seed <= 28; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto network = seed <= 26 ? test::random_row_network(random) : test::random_split_network(random);
    const auto design = dataflow_design(std::move(network), BufferGoal::minimal);
    const auto frames = test::toy_frames(design, 6);
    for (const int stall : {30, 80})
      simulate(design, frames, {fmt::format("+stall={}", stall), fmt::format("+seed={}", seed)});
  }
}

TEST_CASE("a firing that waited does not meet the one before it in a unit that both use") {
  const auto design =
      dataflow_design(test::series_network({6, 3}), BufferGoal::throughput, {{"fp_mul", 1}, {"fp_add", 1}});
  const auto frames = test::toy_frames(design, 6);
  for (int seed = 1; seed <= 6; ++seed) simulate(design, frames, {"+stall=90", fmt::format("+seed={}", seed)});
}

TEST_CASE("a tensor whose elements are looked up by number is written for the next frame meanwhile") {
  std::mt19937 random(7);
  for (const Shape& shape : {Shape{2, 3, 2}, Shape{1, 1, 5}, Shape{4, 2, 4}}) {
    const auto design = dataflow_design(test::shuffle_network(random, shape), BufferGoal::throughput);
    const auto& timed = *design.system.timed;
    CHECK(timed.capacities[0] > 1);
    CHECK(design.system.predicted_interval == slowest_interval(timed.network));
    const auto frames = test::toy_frames(design, 7);
    const auto result = simulate(design, frames, {});
    CHECK(result.frames[6].last - result.frames[0].first == predicted_frames(timed, 7)[6].end);
    simulate(design, frames, {"+stall=50", "+seed=3"});
  }
}

TEST_CASE("a dataflow system has its first result sooner than its actors one after another") {
  const auto check = [](const TokenNetwork& network, const std::map<std::string, int>& limits) {
    auto actors = test::built_actors(network, limits);
    std::vector<const Fsmd*> fsmds;
    for (const auto& actor : actors) fsmds.push_back(&actor.fsmd);
    const auto in_turn = latency_in_turn(network, fsmds);
    ActorSeconds seconds;
    const auto sequential = compose(network, actors, {"top", ActorOrder::sequential}, seconds);
    const auto dataflow = compose(network, actors, {"top", ActorOrder::dataflow}, seconds);
    CHECK(in_turn == sequential->system.predicted_latency);
    CHECK(dataflow->system.predicted_latency < in_turn);
  };
  for (unsigned seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    check(test::random_row_network(random), {});
  }
  // Long iterations that share units: few in a firing, or many.
  for (const Shape& shape : {Shape{20, 1}, Shape{9, 2}, Shape{30, 3}, Shape{4, 40}})
    check(test::series_network(shape), {{"fp_mul", 1}, {"fp_add", 1}});
}

TEST_CASE("actors that share units within an interval do not end after each of many short firings") {
  const auto design =
      dataflow_design(test::series_network({40, 1}), BufferGoal::throughput, {{"fp_mul", 1}, {"fp_add", 1}});
  CHECK(design.actors[0].firings == 1);
  CHECK(design.system.predicted_interval < 40 * 8);
  const auto frames = test::toy_frames(design, 4);
  const auto result = simulate(design, frames, {});
  CHECK(result.frames[3].last == predicted_frames(*design.system.timed, 4)[3].end + result.frames[0].first);
  simulate(design, frames, {"+stall=60", "+seed=5"});
}

TEST_CASE("buffers for throughput keep the interval of the slowest actor") {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto design = dataflow_design(test::random_row_network(random), BufferGoal::throughput);
    CHECK(design.system.predicted_interval == slowest_interval(design.system.timed->network));
  }
}
