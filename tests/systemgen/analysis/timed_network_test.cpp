#include "systemgen/analysis/timed_network.hpp"

#include <doctest/doctest.h>

#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

namespace {

/// Rows of `a` read by a 3-row window of `b`.
TimedNetwork network() {
  return {{{"a", 4, 10}, {"b", 4, 12}}, {row_channel("x", 4, 0, {window_reader(1, 4, 4, 3, 1, 1)})}};
}

std::string wrong(const TimedNetwork& network) { return to_string(verify(network)); }

}  // namespace

TEST_CASE("a network that keeps the rules is accepted") {
  CHECK(wrong(network()) == "");
  std::mt19937 random(1);
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    CHECK(wrong(random_timed_network(random, {})) == "");
  }
}

TEST_CASE("each rule of a timed network is checked") {
  auto changed = network();
  auto& channel = changed.channels[0];
  auto& reader = channel.readers[0];
  std::string message;
  SUBCASE("") {
    changed.actors[0].firings = 0;
    message = "a: 0 firings of a frame";
  }
  SUBCASE("") {
    changed.actors[1].spacing = 0;
    message = "b: 0 cycles between firings";
  }
  SUBCASE("") {
    channel.rows = 0;
    message = "x: 0 rows";
  }
  SUBCASE("") {
    channel.row_bits = 0;
    message = "x: rows of 0 bits";
  }
  SUBCASE("") {
    channel.fixed_capacity = 0;
    message = "x: a capacity of 0 rows";
  }
  SUBCASE("") {
    channel.writer = 2;
    message = "x: actor 2 of 2";
  }
  SUBCASE("") {
    reader.actor = 7;
    message = "x: actor 7 of 2";
  }
  SUBCASE("") {
    channel.opened.pop_back();
    message = "rows opened by firing: 3 entries for 4 firings";
  }
  SUBCASE("") {
    channel.written.push_back(4);
    message = "rows written by firing: 5 entries for 4 firings";
  }
  SUBCASE("") {
    reader.needed.clear();
    message = "rows needed by firing: 0 entries for 4 firings";
  }
  SUBCASE("") {
    reader.freed = {0, 2, 1, 4};
    message = "rows freed by firing: they fall";
  }
  SUBCASE("") {
    channel.opened = {1, 2, 3, 5};
    message = "rows opened by firing: 1 .. 5 of 4";
  }
  SUBCASE("") {
    reader.needed[0] = -1;
    message = "rows needed by firing: -1 .. 4 of 4";
  }
  SUBCASE("") {
    channel.written.back() = 3;
    message = "rows written by firing: 3 of 4 at the frame's end";
  }
  SUBCASE("") {
    reader.freed.back() = 3;
    message = "rows freed by firing: 3 of 4 at the frame's end";
  }
  SUBCASE("") {
    channel.opened[1] = 1;
    message = "firing 1 completes 2 rows, but has opened 1";
  }
  SUBCASE("") {
    reader.token_delay = 0;
    message = "a token's delay of 0 cycles";
  }
  SUBCASE("") {
    reader.credit_delay = 0;
    message = "a credit's delay of 0 cycles";
  }
  CAPTURE(message);
  CHECK(wrong(changed).find(message) != std::string::npos);
}

TEST_CASE("each rule of capacities is checked") {
  auto fixed = network();
  CHECK(verify(fixed, {3}).empty());
  CHECK(to_string(verify(fixed, {3, 3})).find("2 for 1 channels") != std::string::npos);
  CHECK(to_string(verify(fixed, {0})).find("x: a capacity of 0 rows") != std::string::npos);
  fixed.channels[0].fixed_capacity = 4;
  CHECK(to_string(verify(fixed, {3})).find("x: a capacity of 3 rows, but 4 are fixed") != std::string::npos);
  CHECK(buffer_bits(fixed, {4}) == 32);
}

TEST_CASE("a network can be read") {
  CHECK(to_string(network()) ==
        "actor a: 4 firings a frame, 10 cycles apart\n"
        "actor b: 4 firings a frame, 12 cycles apart\n"
        "channel x: 4 rows of 8 bits\n"
        "  from a: opens 1x4, writes 1x4\n"
        "  to b: needs 2 1x2 0, frees 0 1x2 2; token after 1 cycles, credit after 1\n");
}
