#include "systemgen/report/network_facts.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "systemgen/analysis/channel_occupancy.hpp"
#include "systemgen/compose_design.hpp"
#include "systemgen/report/network_json.hpp"
#include "systemgen/report/report.hpp"
#include "tests/systemgen/support/banked.hpp"
#include "tests/systemgen/support/row_network.hpp"

using namespace sluice;

namespace {

Design dataflow_design(unsigned seed, BufferGoal goal) {
  std::mt19937 random(seed);
  auto network = test::random_row_network(random);
  auto actors = test::built_actors(network);
  ActorSeconds seconds;
  auto design = compose(std::move(network), actors, {"top", ActorOrder::dataflow, goal}, seconds);
  REQUIRE_MESSAGE(design.has_value(), to_string(design.errors()));
  return std::move(*design);
}

/// A source, a slow actor and a sink.
NetworkFacts chain() {
  NetworkFacts facts;
  facts.actors = {{"x", 8, 16, 0, 0}, {"conv", 4, 500, 32, 1}, {"pool", 4, 300, 0, 2}, {"y", 4, 30, 0, 3}};
  facts.channels = {{"x", "in", 8, 4, 16, 2, 4, 0, {1, 2}}, {"c", "c", 4, 2, 100, 1, 1, 1, {2}}};
  facts.interval = FrameInterval(2000);
  facts.unbounded_interval = FrameInterval(2000);
  facts.bottleneck_actors = {1};
  return facts;
}

}  // namespace

TEST_CASE("the figures of a network are those of the design") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const auto goal = seed % 2 == 0 ? BufferGoal::minimal : BufferGoal::throughput;
    const auto design = dataflow_design(seed, goal);
    const auto& timed = *design.system.timed;
    const auto facts = network_facts(design, {});
    CHECK(facts.bits() == design.system.memory_bits);
    CHECK((facts.interval.cycles + facts.interval.frames - 1) / facts.interval.frames ==
          design.system.predicted_interval);
    if (goal == BufferGoal::throughput) CHECK(facts.interval == facts.unbounded_interval);
    CHECK(facts.unbounded_interval.cycles >= facts.slowest_interval());
    CHECK(!facts.bottleneck_actors.empty());
    const auto times = fire_times(timed.network, timed.capacities, 40);
    REQUIRE(times.has_value());
    for (std::size_t c = 0; c < facts.channels.size(); ++c) {
      CHECK(facts.channels[c].occupancy == greatest_occupancy(timed.network, *times, c));
      CHECK(facts.channels[c].occupancy <= facts.channels[c].capacity);
      for (const auto reader : facts.channels[c].readers)
        CHECK(facts.actors[reader].rank > facts.actors[facts.channels[c].writer].rank);
    }
    REQUIRE(facts.predicted.starts.size() == facts.actors.size());
    for (std::size_t a = 0; a < facts.actors.size(); ++a)
      CHECK(std::ssize(facts.predicted.starts[a]) % facts.actors[a].firings == 0);
  }
}

TEST_CASE("buffers that could have fewer bits are not called the least") {
  auto design = dataflow_design(1, BufferGoal::minimal);
  design.system.timed->least_bits = buffer_bits(design.system.timed->network, design.system.timed->capacities);
  CHECK(network_facts(design, {}).least_buffers);
  design.system.timed->least_bits -= 1;
  CHECK(!network_facts(design, {}).least_buffers);
}

TEST_CASE("the bottleneck is named, and what comes after it") {
  auto facts = chain();
  CHECK(bottleneck_text(facts) ==
        "conv (32 multipliers) always busy; if it were faster, pool would keep the interval at 1,200");
  facts.actors[2].spacing = 500;
  CHECK(bottleneck_text(facts) ==
        "conv (32 multipliers) and pool always busy; if they were faster, x would keep the interval at 128");
  facts.bottleneck_actors = {1, 2};
  facts.bottleneck_channels = {1};
  facts.interval = FrameInterval(4601, 2);
  CHECK(bottleneck_text(facts) == "conv, pool wait for each other on c (2 rows of 4); with more rows 2,000 would do");
  facts.unbounded_interval = facts.interval;
  CHECK(bottleneck_text(facts) ==
        "conv, pool wait for each other on c (2 rows of 4); more rows would not help, the slowest actor alone takes "
        "2,000");
}

TEST_CASE("the channels' bits are compared with two tensors for each reader") {
  auto facts = chain();
  CHECK(facts.bits() == 4 * 16 * 2 + 2 * 100);
  CHECK(facts.double_buffer_bits() == 2 * 8 * 16 * 2 + 2 * 4 * 100);
  CHECK(channels_text(facts) == "328 bits, 25% of the 1,312 of double buffers");
  facts.least_buffers = true;
  CHECK(channels_text(facts) == "328 bits, 25% of the 1,312 of double buffers; no rows fewer would do");
}

TEST_CASE("the channels' bits are compared with those of streams in another layout") {
  auto facts = chain();
  const std::string text = channels_text(facts);
  facts.other_layouts = {{StreamLayout::row_major, {5000, 2000}}};
  CHECK(channels_text(facts) == text + "; 5,000 with row-major streams");
  facts.other_layouts = {{StreamLayout::channels_last, {300, 2000}}};
  CHECK(channels_text(facts) == text + "; 300 with --stream-layout channels-last");
  facts.other_layouts = {{StreamLayout::channels_last, {300, 2001}}};  // slower
  CHECK(channels_text(facts) == text);
  facts.other_layouts = {{StreamLayout::channels_last, {328, 2000}}};  // nothing to gain
  CHECK(channels_text(facts) == text);
  Report report;
  report.network = facts;
  CHECK(nlohmann::json::parse(json_text(report))["network"]["other_layouts"]["channels-last"]["bits"] == 328);
}

TEST_CASE("the report has the network of a dataflow system, and null for others") {
  Report report;
  CHECK(nlohmann::json::parse(json_text(report))["network"].is_null());
  CHECK(to_table(report).find("bottleneck") == std::string::npos);
  report.network = chain();
  CHECK(to_table(report).find("conv (32 multipliers) always busy") != std::string::npos);
  auto json = nlohmann::json::parse(json_text(report))["network"];
  CHECK(json["interval"]["cycles"] == 2000);
  CHECK(json["slowest_interval"] == 2000);
  CHECK(json["bottleneck"]["actors"] == std::vector<std::string>{"conv"});
  CHECK(json["actors"][2]["interval"] == 1200);
  CHECK(json["actors"][2]["utilisation"].get<double>() == doctest::Approx(0.6));
  CHECK(json["actors"][1]["multipliers"] == 32);
  const auto& channel = json["channels"][0];
  CHECK(channel["tensor"] == "in");
  CHECK(channel["writer"] == "x");
  CHECK(channel["readers"] == std::vector<std::string>{"conv", "pool"});
  CHECK(channel["capacity"] == 4);
  CHECK(channel["bits"] == 128);
  CHECK(channel["occupancy"] == 4);
  CHECK(channel["simulated_occupancy"].is_null());
  report.verification.emplace();
  report.verification->occupancy = {3, 1};
  json = nlohmann::json::parse(json_text(report))["network"];
  CHECK(json["channels"][0]["simulated_occupancy"] == 3);
}
