#include "systemgen/verify/verification.hpp"

#include <doctest/doctest.h>

#include "systemgen/analysis/channel_occupancy.hpp"
#include "systemgen/compose_design.hpp"
#include "systemgen/verify/bench_files.hpp"
#include "tests/systemgen/support/banked.hpp"
#include "tests/systemgen/support/row_network.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"
#include "tests/systemgen/support/toy.hpp"

using namespace sluice;
using test::ToyGraph;

namespace {

const ToyGraph kToy{{"x"}, {{"a", {"x"}, 1}, {"b", {"a"}, 2}, {"c", {"b", "a"}, 3}}, {"c"}, 6};

/// Everything that `--verify` does after the design is there.
Verification verification_of(const Design& design, std::vector<Frame> frames) {
  const test::TemporaryFolder place;
  auto folder = OutputFolder::create(place.path() / "out");
  REQUIRE(folder.has_value());
  const auto files = write_rtl(design, *folder);
  REQUIRE(files.has_value());
  const auto expected = execute_frames(design.network, frames);
  REQUIRE(expected.has_value());
  const auto bench =
      write_bench(design, bench_spec(design, static_cast<int>(frames.size()), false), *expected, *folder);
  REQUIRE(bench.has_value());
  std::vector<std::string> sources = files->verilog;
  sources.insert(sources.end(), bench->begin(), bench->end());
  auto result = verify_design(design, sources, frames, *expected, {}, *folder);
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  return std::move(*result);
}

std::vector<Frame> random_inputs(const Design& design, int count) {
  auto frames = load_frames(design.network, {{}, count, 1});
  REQUIRE(frames.has_value());
  return std::move(*frames);
}

Design dataflow_design(unsigned seed) {
  std::mt19937 random(seed);
  auto network = test::random_row_network(random);
  auto actors = test::built_actors(network);
  ActorSeconds seconds;
  auto design = compose(std::move(network), actors, {"top", ActorOrder::dataflow, BufferGoal::throughput}, seconds);
  REQUIRE_MESSAGE(design.has_value(), to_string(design.errors()));
  return std::move(*design);
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a design that is right is verified, its outputs and cycles are there") {
  const auto design = test::toy_design(kToy, "toy_top");
  auto frames = random_inputs(design, 3);
  const auto expected = execute_frames(design.network, frames);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto& bits = (*expected)[i][design.network.read_by(design.network.outputs[0]).index()];
    frames[i].golden = {from_bits({ElementType::uint8, {6}}, bits)};
  }
  const auto result = verification_of(design, frames);
  CHECK(to_string(result.failures) == "");
  CHECK(result.elements == 18);
  CHECK(result.mismatches == 0);
  CHECK(result.latency == design.system.predicted_latency);
  CHECK(result.interval == design.system.predicted_interval);
  CHECK(result.outputs[2][0] == frames[2].golden[0]);
}

TEST_CASE("a mismatch is counted, shown and traced to the actor") {
  auto other = kToy;
  other.nodes[1].constant = 7;
  auto design = test::toy_design(other, "toy_top");
  design.network = test::toy_design(kToy, "toy_top").network;
  const auto result = verification_of(design, random_inputs(design, 2));
  CHECK(result.mismatches == 12);
  REQUIRE(result.failures.size() == 3);
  CHECK(result.failures[0].what == "12 of 12 elements differ from the reference");
  CHECK(contains(result.failures[1].what, "frame 0, element [0]: the hardware gives"));
  CHECK(result.failures[2].where == "b");
  CHECK(contains(result.failures[2].what, "made by actor b"));
}

TEST_CASE("cycles that were not predicted are a failure") {
  auto design = test::toy_design(kToy, "toy_top");
  ++design.system.predicted_latency;
  --design.system.predicted_interval;
  const auto failures = to_string(verification_of(design, random_inputs(design, 2)).failures);
  CHECK(contains(failures, "latency: "));
  CHECK(contains(failures, "interval: "));
}

TEST_CASE("golden outputs are compared within the tolerance") {
  const auto design = test::toy_design(kToy, "toy_top");
  auto frames = random_inputs(design, 1);
  frames[0].golden = {Tensor({ElementType::uint8, {6}})};
  const auto result = verification_of(design, frames);
  CHECK(result.mismatches == 0);
  REQUIRE(result.failures.size() == 1);
  CHECK(contains(result.failures[0].what, "outside the tolerance"));
}

TEST_CASE("every firing of a dataflow system starts in the cycle predicted") {
  for (unsigned seed = 31; seed <= 34; ++seed) {
    CAPTURE(seed);
    const auto design = dataflow_design(seed);
    const auto& timed = *design.system.timed;
    const auto result = verification_of(design, random_inputs(design, 4));
    CHECK(to_string(result.failures) == "");
    const auto predicted = fire_times(timed.network, timed.capacities, 4);
    REQUIRE(predicted.has_value());
    REQUIRE(result.firings);
    CHECK(*result.firings == *predicted);
    REQUIRE(result.occupancy);
    for (std::size_t c = 0; c < timed.network.channels.size(); ++c)
      CHECK(result.occupancy->at(c) == greatest_occupancy(timed.network, *predicted, c));
  }
}

TEST_CASE("a firing that was not predicted is a failure") {
  auto design = dataflow_design(31);
  for (auto& channel : design.system.timed->network.channels) {
    for (auto& reader : channel.readers) ++reader.token_delay;
  }
  const auto failures = to_string(verification_of(design, random_inputs(design, 1)).failures);
  CHECK(contains(failures, "firing 0 of frame 0 starts in cycle"));
  CHECK(contains(failures, "predicted"));
}
