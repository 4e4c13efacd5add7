#include "systemgen/verify/fault.hpp"

#include <doctest/doctest.h>

#include "tests/systemgen/support/toy.hpp"

using namespace sluice;
using test::ToyGraph;

namespace {

const ToyGraph kToy{{"x"}, {{"a", {"x"}, 1}, {"b", {"a"}, 2}, {"c", {"b", "a"}, 3}}, {"c"}, 6};

ChannelId channel_of(const Design& design, const std::string& tensor) {
  for (std::size_t i = 0; i < design.network.channels.size(); ++i) {
    if (design.network.channels[i].tensor == tensor) return ChannelId(i);
  }
  FAIL("no channel " << tensor);
  return {};
}

}  // namespace

TEST_CASE("a wrong result is found at the outputs, for every simulator") {
  const auto design = test::toy_design(kToy, "toy_top");
  auto frames = test::toy_frames(design, 3);
  auto& wrong = frames[1][channel_of(design, "c").index()][4];
  wrong ^= 0x10;
  for (const auto simulator : {Simulator::icarus, Simulator::verilator}) {
    const auto result = test::simulate_toy(design, frames, simulator);
    REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
    CHECK(!result->passed);
    CHECK(result->mismatch_count == 1);
    REQUIRE(result->mismatches.size() == 1);
    CHECK(result->mismatches[0].name == "m_axis_c");
    CHECK(result->mismatches[0].frame == 1);
    CHECK(result->mismatches[0].index == 4);
    CHECK(std::stoul(result->mismatches[0].expected, nullptr, 16) == wrong);
  }
}

TEST_CASE("the actor that goes wrong first is found") {
  // The hardware adds 1 in actor b, whose kernel adds 2.
  auto other = kToy;
  other.nodes[1].constant = 1;
  const auto frames = test::toy_frames(test::toy_design(kToy, "toy_top"), 2);
  const auto design = test::toy_design(other, "toy_top");
  const auto result = test::simulate_toy(design, frames, Simulator::icarus, {}, true);
  REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
  CHECK(result->probes.size() == 2);  // b, and c because of it
  const auto fault = locate_fault(design, *result);
  CHECK(fault.where == "b");
  CHECK(fault.what.find("made by actor b (Toy; ONNX nodes: b); frame 0, element [0]: the hardware gives ") == 0);
}

TEST_CASE("if all actors are right, what sends their results is wrong") {
  const auto design = test::toy_design(kToy, "toy_top");
  CHECK(locate_fault(design, SimulationResult{}).what.find("what sends them is wrong") != std::string::npos);
}

TEST_CASE("mismatches are said with an index and values") {
  const ValueMismatch mismatch{"y", 2, 5, 0, "3f800000", "bf000000"};
  CHECK(describe_mismatch(mismatch, scalar_type(ElementType::float32), {2, 3}) ==
        "frame 2, element [1,2]: the hardware gives -0.5 (bf000000), the reference 1 (3f800000)");
  const ValueMismatch undefined{"y", 0, 0, 0, "ff", "xx"};
  CHECK(describe_mismatch(undefined, scalar_type(ElementType::int8), {1}) ==
        "frame 0, element [0]: the hardware gives xx (undefined), the reference -1");
}
