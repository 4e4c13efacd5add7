#include "systemgen/analysis/gate_table.hpp"

#include <doctest/doctest.h>

#include "systemgen/analysis/gates.hpp"
#include "tests/systemgen/support/random_timed_network.hpp"

using namespace sluice;

TEST_CASE("the gates of a convolution with a window of three rows") {
  const TimedNetwork network{{{"a", 5, 1}, {"b", 5, 1}}, {row_channel("x", 5, 0, {window_reader(1, 5, 5, 3, 1, 1)})}};
  // Rows up to t + 1, the last one only up to 4.
  CHECK(tokens_needed(network.channels[0], network.channels[0].readers[0]).values ==
        std::vector<std::int64_t>{2, 3, 4, 5, 5});
  const auto token = token_gate(network, {3}, 0, 0);
  CHECK(token.initial_slack == -2);
  CHECK(token.steps == std::vector<std::int64_t>{1, 1, 1, 0, 2});
  // Three rows lie in the buffer at most: those that the first firing needs and one, or the next frame's first.
  CHECK(token.least_slack == -2);
  CHECK(token.greatest_slack == 1);
  // Row 3 lies where row 0 lay, which firing 1 reads last.
  CHECK(credits_needed(network.channels[0], network.channels[0].readers[0], 3).values ==
        std::vector<std::int64_t>{-1, 0, 0, 2, 3});
}

TEST_CASE("slack is bounded tightly by some run of a pair of actors") {
  std::mt19937 random(5);
  for (int seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const auto network = random_timed_network(random, {});
    const auto capacities = generous_capacities(network, random);
    for (std::size_t c = 0; c < network.channels.size(); ++c) {
      for (std::size_t r = 0; r < network.channels[c].readers.size(); ++r) {
        // The writer as far ahead as it can, whatever the reader's next firing: then the reader as far as it can.
        const auto& reader = network.channels[c].readers[r];
        const auto tokens = tokens_needed(network.channels[c], reader);
        const auto credits = credits_needed(network.channels[c], reader, capacities[c]);
        std::int64_t most_tokens = 0;
        std::int64_t most_credits = 0;
        std::int64_t writes = 0;
        for (std::int64_t reads = 0; reads < 3 * tokens.period(); ++reads) {
          while (credits.at(writes) <= reads) ++writes;
          most_tokens = std::max(most_tokens, writes - tokens.at(reads));
        }
        std::int64_t reads = 0;
        for (writes = 0; writes < 3 * credits.period(); ++writes) {
          while (tokens.at(reads) <= writes) ++reads;
          most_credits = std::max(most_credits, reads - credits.at(writes));
        }
        CHECK(token_gate(network, capacities, c, r).greatest_slack == most_tokens);
        CHECK(credit_gate(network, capacities, c, r).greatest_slack == most_credits);
      }
    }
  }
}
