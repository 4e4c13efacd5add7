#include "systemgen/report/network_svg.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

NetworkFacts chain() {
  NetworkFacts facts;
  facts.actors = {{"x", 8, 16, 0, 0}, {"conv<1>", 4, 500, 32, 1}, {"y", 4, 30, 0, 2}};
  facts.channels = {{"x", "in", 8, 4, 16, 2, 3, 0, {1, 2}}, {"c", "c", 4, 2, 100, 1, 1, 1, {2}}};
  facts.interval = FrameInterval(2500);
  facts.bottleneck_actors = {1};
  return facts;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a network's picture has every actor, an arrow for each reader, and marks the bottleneck") {
  auto facts = chain();
  const auto text = network_svg(facts);
  CHECK(count(text, "class=\"actor\"") == 3);
  CHECK(count(text, "class=\"channel\"") == 3);
  CHECK(count(text, "stroke=\"#d62728\"") == 1);
  CHECK(text.find("conv&lt;1&gt;") != std::string::npos);
  CHECK(text.find("32 multipliers, 80% busy") != std::string::npos);
  CHECK(text.find("x: 3/4 of 8 rows") != std::string::npos);
  facts.bottleneck_channels = {0};
  CHECK(count(network_svg(facts), "stroke=\"#d62728\"") == 3);
}

TEST_CASE("a timeline has a bar for each firing, in the colour of its frame") {
  const auto facts = chain();
  FiringTimes times;
  times.starts = {{0}, {200, 700, 1200, 1700, 2200}, {}};
  const auto text = timeline_svg(facts, times);
  CHECK(count(text, "class=\"firing\"") == 6);
  CHECK(count(text, "#ff7f0e") == 1);
  CHECK(text.find("2,700") != std::string::npos);
}
