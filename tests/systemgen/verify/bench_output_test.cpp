#include <doctest/doctest.h>

#include "systemgen/verify/simulator.hpp"

using namespace sluice;

TEST_CASE("the test bench's lines are understood among a simulator's others") {
  const auto result = parse_bench_output(
      "VCD info: nothing\n"
      "SLUICE frame=0 first=10 last=52 latency=42\n"
      "SLUICE mismatch output=m_axis_y frame=1 index=3 expected=3f800000 got=3f8xxxxx\n"
      "SLUICE probe channel=conv1 cycle=77 frame=1 index=9 expected=01 got=02\n"
      "SLUICE violation output=m_axis_y cycle=80 what=tlast frame=1 beat=2\n"
      "SLUICE end cycle=200 frames=2 mismatches=5 violations=1\n"
      "FAIL\n");
  REQUIRE(result.has_value());
  CHECK(!result->passed);
  REQUIRE(result->frames.size() == 1);
  CHECK(result->frames[0].last == 52);
  REQUIRE(result->mismatches.size() == 1);
  CHECK(result->mismatches[0].got == "3f8xxxxx");
  CHECK(result->mismatches[0].index == 3);
  CHECK(result->probes.at(0).cycle == 77);
  CHECK(result->violations.at(0) == "output=m_axis_y cycle=80 what=tlast frame=1 beat=2");
  CHECK(result->mismatch_count == 5);
}

TEST_CASE("the interval is that of the last frames, on average where it alternates") {
  const auto interval = [](const std::vector<std::int64_t>& ends) {
    std::vector<FrameTime> frames;
    for (const auto end : ends) frames.push_back({std::ssize(frames), 0, end});
    return measured_interval(frames);
  };
  CHECK(interval({50}) == std::nullopt);
  CHECK(interval({50, 57}) == 7);
  CHECK(interval({50, 57, 65}) == 8);
  CHECK(interval({0, 5, 11, 21, 27, 37}) == 8);
  CHECK(interval({0, 5, 10, 21, 27, 37, 43, 54}) == 9);
}

TEST_CASE("firings are logged by actor") {
  const auto result = parse_bench_output(
      "SLUICE fire actor=2 cycle=9\nSLUICE fire actor=0 cycle=10\nSLUICE fire actor=2 cycle=12345678901\n"
      "SLUICE end cycle=20 frames=0 mismatches=0 violations=0\n");
  REQUIRE(result.has_value());
  CHECK(result->fires == std::vector<std::vector<std::int64_t>>{{10}, {}, {9, 12345678901}});
}

TEST_CASE("a design that stops is a result, a simulator that does is an error") {
  const auto late = parse_bench_output("SLUICE fire actor=0 cycle=10\nSLUICE timeout cycle=1000 frames=1\nFAIL\n");
  REQUIRE(late.has_value());
  CHECK(!late->passed);
  REQUIRE(late->stopped);
  CHECK(late->stopped->what == "the design did not finish: 1 frames after 1000 cycles");
  CHECK(late->fires.at(0).size() == 1);
  const auto broken = parse_bench_output("Segmentation fault\n");
  REQUIRE(!broken.has_value());
  CHECK(broken.errors()[0].what.find("Segmentation fault") != std::string::npos);
}
