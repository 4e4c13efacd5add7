#include "systemgen/control/sequential.hpp"

#include <doctest/doctest.h>

#include "systemgen/output/rtl_files.hpp"
#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"
#include "tests/systemgen/support/toy.hpp"

using namespace sluice;
using sluice::test::ToyGraph;

namespace {

const ToyGraph kChain{{"x"}, {{"a", {"x"}, 1}, {"b", {"a"}, 2}}, {"b"}, 5};
// Two inputs; a tensor read by two actors, one of them on two ports, and sent as well; an output sent twice; an input
// that passes through and one that nobody reads; names that Verilog does not have.
const ToyGraph kTangle{
    {"x:0", "input.1", "spare"},
    {{"a", {"x:0", "input.1"}, 1}, {"wire", {"a", "a"}, 2}, {"c", {"a", "wire", "x:0"}, 3}, {"dead", {"c"}, 3}},
    {"c", "a", "c", "input.1"},
    7};
const ToyGraph kScalar{{"x"}, {{"a", {"x"}, 1}}, {"a"}, 1};
const ToyGraph kWire{{"x"}, {}, {"x"}, 9};

void check_cycles(const Design& design, const SimulationResult& result, std::size_t frames) {
  REQUIRE(result.frames.size() == frames);
  CHECK(result.frames[0].last - result.frames[0].first == design.system.predicted_latency);
  for (std::size_t i = 1; i < frames; ++i) {
    CHECK(result.frames[i].last - result.frames[i - 1].last == design.system.predicted_interval);
  }
}

}  // namespace

TEST_CASE("a sequential system computes what the kernels do, in the cycles predicted") {
  for (const auto& toy : {kChain, kTangle, kScalar, kWire}) {
    const auto design = test::toy_design(toy, "toy_top");
    const auto frames = test::toy_frames(design, 4);
    const auto result = test::simulate_toy(design, frames, Simulator::icarus);
    REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
    CHECK(result->passed);
    CHECK(result->mismatches.empty());
    CHECK(result->violations.empty());
    check_cycles(design, *result, 4);
  }
}

TEST_CASE("a staged system runs actors together that don't need each other") {
  const ToyGraph diamond{
      {"x"}, {{"a", {"x"}, 1}, {"b", {"x"}, 2}, {"c", {"a", "b"}, 3}, {"d", {"a"}, 4}}, {"c", "d"}, 6};
  CHECK(stages(test::toy_design(diamond, "t").network, ActorOrder::staged) == std::vector<std::size_t>{0, 0, 1, 1});
  for (const auto& toy : {kChain, kTangle, kScalar, kWire, diamond}) {
    const auto design = test::toy_design(toy, "toy_top", ActorOrder::staged);
    const auto frames = test::toy_frames(design, 4);
    const auto result = test::simulate_toy(design, frames, Simulator::icarus, {"+stall=0"});
    REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
    CHECK(result->passed);
    check_cycles(design, *result, 4);
  }
  CHECK(test::toy_design(diamond, "t", ActorOrder::staged).system.predicted_latency <
        test::toy_design(diamond, "t").system.predicted_latency);
}

TEST_CASE("a sequential system bears streams that pause") {
  for (const auto& toy : {kChain, kTangle, kScalar, kWire}) {
    const auto design = test::toy_design(toy, "toy_top");
    const auto frames = test::toy_frames(design, 8);
    for (const char* stall : {"+stall=10", "+stall=50", "+stall=90"}) {
      for (const char* seed : {"+seed=1", "+seed=2"}) {
        const auto result = test::simulate_toy(design, frames, Simulator::icarus, {stall, seed});
        REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
        CHECK(result->passed);
        CHECK(result->frames.size() == 8);
      }
    }
  }
}

TEST_CASE("a sequential system's Verilog is clean for Icarus, Verilator and Yosys") {
  for (const auto& toy : {kChain, kTangle, kScalar, kWire}) {
    const auto design = test::toy_design(toy, "toy_top");
    const test::TemporaryFolder place;
    auto folder = OutputFolder::create(place.path() / "out");
    REQUIRE(folder.has_value());
    REQUIRE(write_rtl(design, *folder).has_value());
    const auto clean = [&](const std::string& command) {
      const auto result = run_process({"sh", "-c", command}, folder->path() / "rtl", std::chrono::seconds(120));
      REQUIRE(result.has_value());
      CHECK_MESSAGE(result->exit_code == 0, result->output);
      CHECK(result->output == "");
    };
    clean("iverilog -g2005 -Wall -s toy_top -o /dev/null *.v");
    clean("verilator --lint-only -Wall --top-module toy_top *.v");
    clean("yosys -q -p 'read_verilog *.v; hierarchy -top toy_top; proc; check -assert'");
  }
}

TEST_CASE("frames of a wrong length show at tlast_error and leave those after them right") {
  for (const std::size_t beats : {3, 8}) {
    CAPTURE(beats);
    auto design = test::toy_design(kChain, "toy_top");
    auto frames = test::toy_frames(design, 4);
    const auto input = design.network.made_by(design.network.inputs[0]).at(0).index();
    for (auto& frame : frames) frame[input].resize(beats, 0xee);
    design.system.ports[0].beats_per_frame = static_cast<std::int64_t>(beats);  // as the test bench sends them
    const auto result = test::simulate_toy(design, frames, Simulator::icarus, {"+stall=20"});
    REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
    CHECK(!result->passed);
    CHECK(result->frames.size() == frames.size());
    if (beats > 5) CHECK(result->mismatches.empty());  // only then all elements are known
  }
}
