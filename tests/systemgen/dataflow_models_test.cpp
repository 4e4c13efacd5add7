#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "systemgen/analysis/channel_occupancy.hpp"
#include "systemgen/analysis/steady_state.hpp"
#include "systemgen/output/rtl_files.hpp"
#include "systemgen/verify/bench_files.hpp"
#include "systemgen/verify/firing_log.hpp"
#include "systemgen/verify/frames.hpp"
#include "systemgen/verify/simulator.hpp"
#include "tests/systemgen/support/indexed_models.hpp"
#include "tests/systemgen/support/model_actors.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

// Real networks as dataflow systems: what they reach, and whether they bear streams that pause.

using namespace sluice;
using test::IndexedModel;

namespace {

constexpr int kFrames = 8;
constexpr int kSeeds = 20;
constexpr std::int64_t kPausedCycles = 2'400'000;  // of a run with pauses, if that is two frames or more
constexpr double kAboveSlowest = 1.01;

/// Those tagged `first` or `tiny`, each once.
std::vector<IndexedModel> models() {
  std::vector<IndexedModel> found;
  std::set<std::string> names;
  for (const char* tag : {"first", "tiny"}) {
    for (auto& model : test::models_tagged(tag)) {
      if (names.insert(model.files.name).second) found.push_back(std::move(model));
    }
  }
  return found;
}

FlowOptions dataflow_options(const IndexedModel& model, std::int64_t multipliers,
                             StreamLayout layout = StreamLayout::row_major) {
  FlowOptions options;
  options.stream_layouts.all = layout;
  options.model = model.files.model;
  options.order = ActorOrder::dataflow;
  options.optimisation = 2;
  options.goal.multipliers = multipliers;
  return options;
}

/// The model's own inputs, then random ones.
std::vector<Frame> frames_for(const TokenNetwork& network, const IndexedModel& model) {
  auto frames = load_frames(network, {.folder = model.files.model.parent_path(), .frames = {}});
  REQUIRE(frames.has_value());
  if (frames->size() > kFrames / 2) frames->resize(kFrames / 2);
  const auto rest = load_frames(network, {.folder = {}, .frames = kFrames - static_cast<int>(frames->size())});
  REQUIRE(rest.has_value());
  frames->insert(frames->end(), rest->begin(), rest->end());
  return std::move(*frames);
}

/// The design in Verilator with its frames.
Simulation built_simulation(const Design& design, const std::vector<Frame>& frames, OutputFolder& folder) {
  const auto expected = execute_frames(design.network, frames);
  REQUIRE(expected.has_value());
  const auto rtl = write_rtl(design, folder);
  REQUIRE(rtl.has_value());
  const auto bench = write_bench(design, bench_spec(design, kFrames, false), *expected, folder);
  REQUIRE(bench.has_value());
  SimulationJob job{.simulator = Simulator::verilator, .rtl = folder.path() / "rtl", .sources = {}, .plusargs = {}};
  for (const auto* files : {&rtl->verilog, &*bench}) {
    for (const auto& file : *files) job.sources.push_back("../" + file);
  }
  auto simulation = Simulation::build(std::move(job));
  REQUIRE_MESSAGE(simulation.has_value(), to_string(simulation.errors()));
  return std::move(*simulation);
}

SimulationResult checked_run(const Simulation& simulation, std::int64_t frames, std::vector<std::string> plusargs) {
  plusargs.emplace_back("+fires");
  plusargs.push_back(fmt::format("+frames={}", frames));
  auto result = simulation.run(plusargs);
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  CHECK(!result->stopped);
  CHECK(result->mismatch_count == 0);
  CHECK(result->violations.empty());
  CHECK(result->passed);
  CHECK(std::ssize(result->frames) == frames);
  return std::move(*result);
}

FiringTimes logged(const TimedSystem& timed, const SimulationResult& result) {
  return firings_of(timed, result.fires, result.frames.front().first, std::ssize(result.frames));
}

/// Cycles between the last two frames.
std::int64_t check_exact(const TimedSystem& timed, const SimulationResult& result) {
  const auto firings = logged(timed, result);
  CHECK(to_string(check_firings(timed, firings, kFrames, true)) == "");
  const auto predicted = fire_times(timed.network, timed.capacities, kFrames);
  REQUIRE(predicted.has_value());
  for (std::size_t c = 0; c < timed.network.channels.size(); ++c) {
    CAPTURE(timed.network.channels[c].name);
    const auto rows = greatest_occupancy(timed.network, firings, c);
    CHECK(rows == greatest_occupancy(timed.network, *predicted, c));
    CHECK(rows <= timed.capacities[c]);
  }
  const auto frames = predicted_frames(timed, kFrames);
  for (std::size_t f = 0; f < frames.size(); ++f)
    CHECK(result.frames[f].last - result.frames[0].first == frames[f].end - frames[0].begin);
  return result.frames[kFrames - 1].last - result.frames[kFrames - 2].last;
}

bool has_images(const TokenNetwork& network) {
  const auto is_image = [&](TokenNetwork::NodeId port) { return !network[port].order.is_row_major(); };
  return std::ranges::any_of(network.inputs, is_image) || std::ranges::any_of(network.outputs, is_image);
}

void stress(const IndexedModel& model, std::int64_t multipliers, StreamLayout layout = StreamLayout::row_major) {
  CAPTURE(model.files.name);
  CAPTURE(multipliers);
  const auto made = test::model_actors(dataflow_options(model, multipliers, layout));
  if (layout == StreamLayout::channels_last && !has_images(made.network)) return;  // the same design
  const auto design = made.design(ActorOrder::dataflow);
  const auto frames = frames_for(design.network, model);
  const test::TemporaryFolder place;
  auto folder = OutputFolder::create(place.path() / "out");
  REQUIRE(folder.has_value());
  const auto simulation = built_simulation(design, frames, *folder);
  const auto& timed = *design.system.timed;
  const auto calm = checked_run(simulation, kFrames, {});
  const auto interval = static_cast<double>(check_exact(timed, calm));
  const auto slowest = static_cast<double>(slowest_interval(timed.network));
  CHECK(interval <= kAboveSlowest * slowest);
  const auto paused_frames = std::clamp<std::int64_t>(kPausedCycles / slowest_interval(timed.network), 2, kFrames);
  double seconds = calm.run_seconds;
  std::int64_t cycles = 0;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    CAPTURE(seed);
    // From streams that hardly pause to such that hardly move.
    const int stall = 5 + seed * 85 / kSeeds;
    const auto result =
        checked_run(simulation, paused_frames, {fmt::format("+stall={}", stall), fmt::format("+seed={}", seed)});
    CHECK(to_string(check_firings(timed, logged(timed, result), paused_frames, false)) == "");
    seconds += result.run_seconds;
    cycles = std::max(cycles, result.cycles);
  }
  MESSAGE(
      fmt::format("{} with {}: {} cycles between frames, {:.4f} of the slowest actor's; {} cycles calm; {} frames "
                  "with {} seeds of pauses right, at most {} cycles; {:.0f} s to build, {:.0f} s to run",
                  model.files.name, multipliers, interval, interval / slowest, calm.cycles, paused_frames, kSeeds,
                  cycles, calm.build_seconds, seconds));
}

/// Those with at least `from` and fewer than `to` MACs.
void stress_all(std::int64_t from, std::int64_t to) {
  for (const auto& model : models()) {
    if (model.macs < from || model.macs >= to) continue;
    for (const std::int64_t multipliers : {16, 64}) stress(model, multipliers);
  }
}

/// The model at -O1 and at -O2 with many lanes.
void check_latency(const IndexedModel& model) {
  for (const std::int64_t multipliers : {1, 16, 64, 220}) {
    CAPTURE(model.files.name);
    CAPTURE(multipliers);
    auto options = dataflow_options(model, multipliers);
    if (multipliers == 1) options.optimisation = 1;
    const auto made = test::model_actors(options);
    CHECK(made.design(ActorOrder::dataflow).system.predicted_latency <
          made.design(ActorOrder::sequential).system.predicted_latency);
  }
}

/// With the multipliers of a small FPGA, the same actors one after another and all at once.
void check_speed(const IndexedModel& model) {
  constexpr std::int64_t kMultipliers = 220;
  constexpr std::int64_t kLayers = 5;  // fewer can't be three times as fast
  constexpr double kFaster = 3;
  const auto made = test::model_actors(dataflow_options(model, kMultipliers));
  const auto multiplies = [&](TokenNetwork::NodeId actor) { return made.network[actor].kernel.macs > 0; };
  if (std::ranges::count_if(made.network.actors, multiplies) < kLayers) return;
  const auto in_turn = made.design(ActorOrder::sequential).system.predicted_interval;
  const auto at_once = made.design(ActorOrder::dataflow).system.predicted_interval;
  const auto faster = static_cast<double>(in_turn) / static_cast<double>(at_once);
  MESSAGE(fmt::format("{}: a result every {} cycles, {:.2f} times as often", model.files.name, at_once, faster));
  CHECK(faster >= kFaster);
}

}  // namespace

TEST_CASE("a dataflow system has its first result sooner than its actors one after another: small models") {
  constexpr std::int64_t kSmall = 300'000;
  for (const auto& model : models()) {
    if (model.macs < kSmall) check_latency(model);
  }
}

TEST_SUITE("slow") {
  TEST_CASE("a dataflow system has its first result sooner than its actors one after another") {
    for (const auto& model : models()) check_latency(model);
  }

  TEST_CASE("a dataflow system has results three times as often as its actors one after another") {
    for (const auto& model : models()) check_speed(model);
  }

  TEST_CASE("dataflow systems are as predicted and bear pauses: below a million MACs") { stress_all(0, 1'000'000); }

  TEST_CASE("dataflow systems are as predicted and bear pauses: from 1 million MACs") {
    stress_all(1'000'000, 2'000'000);
  }

  TEST_CASE("dataflow systems are as predicted and bear pauses: images pixel by pixel") {
    constexpr std::int64_t kMost = 4'000'000;
    for (const auto& model : models()) {
      if (model.macs < kMost) stress(model, 64, StreamLayout::channels_last);
    }
  }

  TEST_CASE("dataflow systems are as predicted and bear pauses: from 2 million MACs") {
    stress_all(2'000'000, 5'000'000);
  }

  TEST_CASE("dataflow systems are as predicted and bear pauses: from 5 million MACs") {
    stress_all(5'000'000, 6'000'000);
  }

  TEST_CASE("dataflow systems are as predicted and bear pauses: from 6 million MACs") {
    stress_all(6'000'000, 7'000'000);
  }

  TEST_CASE("dataflow systems are as predicted and bear pauses: from 7 million MACs") {
    stress_all(7'000'000, std::numeric_limits<std::int64_t>::max());
  }
}
