#include "systemgen/control/port_beats.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "systemgen/compose_design.hpp"
#include "systemgen/network/banks.hpp"
#include "systemgen/output/rtl_files.hpp"
#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/banked.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using test::ToyGraph;

namespace {

/// A chain of two whose input has two readers, with streams in one order, of beats of at most so many bits.
Design banked_design(const Banking& banking, const StreamOrder& order, std::int64_t bits) {
  const ToyGraph toy{{"x"}, {{"a", {"x"}, 3}, {"b", {"a", "x"}, 5}}, {"b"}, element_count(banking.shape)};
  std::vector<Kernel> kernels;
  for (const auto& node : toy.nodes) kernels.push_back(test::banked_kernel(node, banking, 1));
  auto network = build_network(test::tensor_graph(toy), kernels, {{"x", order}, {"b", order}});
  REQUIRE_MESSAGE(network.has_value(), to_string(network.errors()));
  REQUIRE(to_string(verify(*network)) == "");
  auto actors = test::built_actors(*network);
  ActorSeconds seconds;
  auto design =
      compose(std::move(*network), actors, {"top", ActorOrder::dataflow, BufferGoal::throughput, bits}, seconds);
  REQUIRE_MESSAGE(design.has_value(), to_string(design.errors()));
  return std::move(*design);
}

void check_hardware(const Design& design) {
  const auto frames = test::toy_frames(design, 4);
  for (const char* stall : {"+stall=0", "+stall=50"}) {
    const auto result = test::simulate_toy(design, frames, Simulator::icarus, {stall, "+seed=3"});
    REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
    CHECK(result->passed);
    CHECK(result->frames.size() == frames.size());
  }
}

void check_clean(const Design& design) {
  const test::TemporaryFolder place;
  auto folder = OutputFolder::create(place.path() / "out");
  REQUIRE(folder.has_value());
  REQUIRE(write_rtl(design, *folder).has_value());
  for (const char* command :
       {"iverilog -g2005 -Wall -s top -o /dev/null *.v", "verilator --lint-only -Wall --top-module top *.v",
        "yosys -q -p 'read_verilog *.v; hierarchy -top top; proc; check -assert'"}) {
    const auto result = run_process({"sh", "-c", command}, folder->path() / "rtl", std::chrono::seconds(120));
    REQUIRE(result.has_value());
    CHECK_MESSAGE(result->exit_code == 0, result->output);
    CHECK(result->output == "");
  }
}

}  // namespace

TEST_CASE("pixels whose channels are in banks are passed at once, alone or several") {
  const StreamOrder order = stream_order(StreamLayout::channels_last, {1, 3, 2, 8});
  const Banking channels{{3, 2, 8}, {{3, 1}, {1, 1}, {1, 1}}};
  const Banking blocks{{3, 2, 8}, {{3, 1}, {1, 1}, {2, 4}}};  // parts of a beat are in every other bank
  const Banking columns{{3, 2, 8}, {{3, 1}, {1, 1}, {8, 1}}};
  for (const auto& banking : {channels, blocks, columns}) {
    for (const std::int64_t elements : {1, 3, 12}) {
      CAPTURE(to_string(banking));
      CAPTURE(elements);
      const auto design = banked_design(banking, order, 8 * elements);
      CHECK(design.system.ports[0].elements_per_beat == elements);
      CHECK(design.system.ports[1].elements_per_beat == elements);
      check_hardware(design);
      check_clean(design);
    }
  }
}

TEST_CASE("channels of a pixel in one bank come one after another") {
  const auto design = banked_design(one_bank({3, 4, 5}), stream_order(StreamLayout::channels_last, {1, 3, 4, 5}), 64);
  CHECK(design.system.ports[0].elements_per_beat == 1);
  check_hardware(design);
  check_clean(design);
}

TEST_CASE("random banks behind streams of images") {
  int wide = 0;
  int built = 0;
  for (unsigned seed = 1; built < 16; ++seed) {
    std::mt19937 random(seed);
    Banking banking = test::random_banking(random);
    if (seed % 2 == 0) banking.dimensions[0] = {banking.shape[0], 1};
    if (banking.shape.size() < 2) continue;
    const std::int64_t pixels = element_count(banking.shape) / banking.shape[0];
    const StreamOrder order{banking.shape[0], pixels};
    if (order.channels == 1 || order.pixels == 1) continue;
    if (!stream_view(banking, one_row(element_count(banking.shape)), order, 1)) continue;
    INFO("seed ", seed, ": ", to_string(banking));
    const auto design = banked_design(banking, order, 48);
    wide += design.system.ports[0].elements_per_beat > 1 ? 1 : 0;
    check_hardware(design);
    ++built;
  }
  CHECK(wide >= 3);
}
