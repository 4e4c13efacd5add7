#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "systemgen/analysis/gate_table.hpp"
#include "systemgen/control/controller.hpp"
#include "tests/systemgen/support/proof.hpp"

// Controllers and the buffer between them, for any timing of the actors.

using namespace sluice;
using test::Mutation;
using test::packed;
using test::prove;

namespace {

using Rows = std::vector<std::int64_t>;

/// Rows of a window that moves over `rows` rows.
TimedReader window(std::int64_t rows, std::int64_t size, std::int64_t padding, std::int64_t stride) {
  TimedReader reader;
  const auto count = (rows + 2 * padding - size) / stride + 1;
  for (std::int64_t row = 0; row < count; ++row) {
    reader.needed.push_back(std::clamp<std::int64_t>(row * stride + size - padding, 0, rows));
    reader.freed.push_back(row + 1 == count ? rows : std::clamp<std::int64_t>((row + 1) * stride - padding, 0, rows));
  }
  return reader;
}

/// Rows one by one, or `step` at a time.
Rows rows_by(std::int64_t rows, std::int64_t step = 1) {
  Rows list;
  for (std::int64_t row = step; row <= rows; row += step) list.push_back(row);
  return list;
}

/// A channel whose writer makes a row with each firing; actor 0 writes, actor r + 1 is reader r.
TimedNetwork channel(std::int64_t rows, std::vector<TimedReader> readers) {
  TimedNetwork network;
  TimedChannel channel;
  channel.rows = rows;
  channel.opened = channel.written = rows_by(rows);
  network.actors.push_back({"writer", rows, 1});
  for (std::size_t r = 0; r < readers.size(); ++r) {
    readers[r].actor = r + 1;
    network.actors.push_back({fmt::format("reader {}", r), std::ssize(readers[r].needed), 1});
  }
  channel.readers = std::move(readers);
  network.channels = {channel};
  return network;
}

/// What all gates' tables have, in the order of the harness' parameters.
struct Tables {
  Rows widths;
  Rows initial;
  Rows steps;
};

void add(Tables& tables, const GateTable& gate) {
  tables.widths.push_back(slack_bits(gate));
  tables.initial.push_back(gate.initial_slack);
  tables.steps.insert(tables.steps.end(), gate.steps.begin(), gate.steps.end());
}

int step_bits(const Tables& credits, const Tables& tokens) {
  int bits = 1;
  for (const auto* steps : {&credits.steps, &tokens.steps}) {
    for (const auto step : *steps)
      bits = std::max(bits, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(step))));
  }
  return bits;
}

/// The proof of a network of one channel. `off`: what is added to the initial slack of all credit gates, and of all
/// token gates.
test::Proof channel_proof(const TimedNetwork& network, std::int64_t capacity, std::pair<int, int> off = {0, 0}) {
  REQUIRE(verify(network).empty());
  const auto& channel = network.channels.front();
  constexpr int kRowBits = 4;
  Rows needed;
  Rows freed;
  Tables credits;
  Tables tokens;
  for (std::size_t r = 0; r < channel.readers.size(); ++r) {
    const auto& reader = channel.readers[r];
    REQUIRE(reader.needed.size() == channel.readers.front().needed.size());
    needed.insert(needed.end(), reader.needed.begin(), reader.needed.end());
    freed.insert(freed.end(), reader.freed.begin(), reader.freed.end());
    add(credits, credit_gate(network, {capacity}, 0, r));
    credits.initial.back() += off.first;
    add(tokens, token_gate(network, {capacity}, 0, r));
    tokens.initial.back() += off.second;
    // Slacks that are off need room.
    if (off.first != 0) ++credits.widths.back();
    if (off.second != 0) ++tokens.widths.back();
  }
  const int steps = step_bits(credits, tokens);
  const auto number = [](std::size_t value) { return fmt::format("{}", value); };
  return {"channel_proof",
          {{"READERS", number(channel.readers.size())},
           {"FIRINGS", number(channel.opened.size())},
           {"READER_FIRINGS", number(channel.readers.front().needed.size())},
           {"BITS", fmt::format("{}", kRowBits)},
           {"STEP_BITS", fmt::format("{}", steps)},
           {"CAPACITY", packed({capacity}, kRowBits)},
           {"ROWS", packed({channel.rows}, kRowBits)},
           {"OPENED", packed(channel.opened, kRowBits)},
           {"WRITTEN", packed(channel.written, kRowBits)},
           {"NEEDED", packed(needed, kRowBits)},
           {"FREED", packed(freed, kRowBits)},
           {"CREDIT_WIDTHS", packed(credits.widths, 32)},
           {"CREDIT_INITIAL", packed(credits.initial, 32)},
           {"CREDIT_STEPS", packed(credits.steps, steps)},
           {"TOKEN_WIDTHS", packed(tokens.widths, 32)},
           {"TOKEN_INITIAL", packed(tokens.initial, 32)},
           {"TOKEN_STEPS", packed(tokens.steps, steps)}}};
}

/// A gate that needs `needed` pulses before the firings of the first frame.
struct Gate {
  Rows needed;
  std::int64_t frame = 1;  ///< pulses of a frame
  std::int64_t ahead = 1;  ///< greatest slack
  int width = 3;           ///< of the slack
};

test::Proof controller_proof(const std::vector<Gate>& gates, int step_bits) {
  constexpr int kBits = 6;
  Rows needed;
  Rows frame;
  Rows ahead;
  Rows widths;
  Rows initial;
  Rows steps;
  for (const auto& gate : gates) {
    needed.insert(needed.end(), gate.needed.begin(), gate.needed.end());
    frame.push_back(gate.frame);
    ahead.push_back(gate.ahead);
    widths.push_back(gate.width);
    initial.push_back(-gate.needed.front());
    for (std::size_t t = 1; t < gate.needed.size(); ++t) steps.push_back(gate.needed[t] - gate.needed[t - 1]);
    steps.push_back(gate.needed.front() + gate.frame - gate.needed.back());
  }
  return {"controller_proof",
          {{"GATES", fmt::format("{}", gates.size())},
           {"FIRINGS", fmt::format("{}", gates.front().needed.size())},
           {"BITS", fmt::format("{}", kBits)},
           {"STEP_BITS", fmt::format("{}", step_bits)},
           {"NEEDED", packed(needed, kBits)},
           {"FRAME", packed(frame, kBits)},
           {"AHEAD", packed(ahead, kBits)},
           {"WIDTHS", packed(widths, 32)},
           {"INITIAL", packed(initial, 32)},
           {"STEPS", packed(steps, step_bits)}}};
}

// Slacks of -4 .. 3 in three bits.
const test::Proof kOneGate = controller_proof({{{4}, 4, 3, 3}}, 3);
const test::Proof kTwoGates = controller_proof({{{2, 3, 4, 5, 5}, 5, 3, 3}, {{-2, -2, 0, 0, 1}, 3, 3, 3}}, 2);

const TimedNetwork kWindow = channel(4, {window(4, 3, 1, 1)});
const TimedNetwork kFork = channel(3, {window(3, 3, 1, 1), {0, rows_by(3), rows_by(3)}});

}  // namespace

TEST_CASE("a controller is open exactly when all gates have their pulses") {
  if (!test::can_prove()) return;
  CHECK(prove(kOneGate) == "proved");
  CHECK(prove(kTwoGates) == "proved");
  CHECK(prove(controller_proof({{{1, 2, 3, 4, 4, 4}, 7, 7, 4}, {{1, 1, 1, 1, 1, 1}, 1, 1, 2}}, 3)) == "proved");
}

TEST_CASE("a circular buffer under its controllers loses no row and no token") {
  if (!test::can_prove()) return;
  CHECK(prove(channel_proof(kWindow, 3)) == "proved");
  CHECK(prove(channel_proof(channel(5, {window(5, 3, 1, 1)}), 3)) == "proved");
  // A pooling that leaves the last row out.
  CHECK(prove(channel_proof(channel(5, {window(5, 2, 0, 2)}), 3)) == "proved");
  // The whole tensor at once, with room for half of the next.
  CHECK(prove(channel_proof(channel(4, {{0, {4}, {4}}}), 6)) == "proved");
  // A writer of two rows at a time.
  auto coarse = kWindow;
  coarse.actors[0].firings = 2;
  coarse.channels[0].opened = coarse.channels[0].written = rows_by(4, 2);
  CHECK(prove(channel_proof(coarse, 4)) == "proved");
  // One that returns to its rows: all are complete with the last firing.
  auto late = channel(3, {{0, {3}, {3}}});
  late.channels[0].written = {0, 0, 3};
  CHECK(prove(channel_proof(late, 4)) == "proved");
}

TEST_CASE("a fork's buffer loses nothing to the slower of its readers") {
  if (!test::can_prove()) return;
  CHECK(prove(channel_proof(kFork, 3)) == "proved");
}

TEST_SUITE("slow") {
  TEST_CASE("larger circular buffers under their controllers lose no row and no token") {
    if (!test::can_prove()) return;
    CHECK(prove(channel_proof(channel(5, {window(5, 3, 1, 1)}), 4)) == "proved");
    CHECK(prove(channel_proof(channel(6, {window(6, 3, 1, 2)}), 4)) == "proved");
    CHECK(prove(channel_proof(channel(4, {window(4, 3, 1, 1), {0, rows_by(4), rows_by(4)}}), 4)) == "proved");
    CHECK(prove(channel_proof(channel(6, {window(6, 5, 2, 2), window(6, 2, 0, 2)}), 5)) == "proved");
  }
}

TEST_CASE("each proof of a controller fails when the controller is wrong") {
  if (!test::can_prove()) return;
  const std::string cell = "sluice_controller";
  for (const auto& mutation : std::vector<Mutation>{
           {cell, "pulse_i[g]}", "pulse_i[g] & ~fire_i}"},                 // a pulse is lost
           {cell, "change & {WIDTH{fire_i}}", "change"},                   // a step without a firing
           {cell, "~slack_q[WIDTH-1]", "~slack_q[WIDTH-1] | pulse_i[g]"},  // open too soon
           {cell, "~slack_q[WIDTH-1]", "|slack_q & ~slack_q[WIDTH-1]"},    // open too late
           {cell, "= &open", "= |open"},                                   // one gate is enough
           {cell, "(g*FIRINGS + t)", "(t)"},                               // another gate's table
           {cell, "INITIAL[g*32 +: 32]", "0"},                             // the first frame's tokens
           {cell, "WIDTHS[g*32 +: 32]", "WIDTHS[g*32 +: 32] - 1"},         // a slack that turns over
       }) {
    CAPTURE(mutation.from);
    CAPTURE(mutation.to);
    CHECK(prove(kTwoGates, {mutation}) == "refuted");
  }
}

TEST_CASE("each proof of a circular buffer fails when a part is wrong") {
  if (!test::can_prove()) return;
  for (const auto& off : {std::pair{1, 0}, std::pair{-1, 0}, std::pair{0, 1}, std::pair{0, -1}}) {
    CAPTURE(off.first);
    CAPTURE(off.second);
    CHECK(prove(channel_proof(channel(3, {window(3, 3, 1, 1)}), 3, off)) == "refuted");
  }
  const std::string cell = "sluice_controller";
  for (const auto& mutation : std::vector<Mutation>{
           {cell, "pulse_i[g]}", "pulse_i[g] & ~fire_i}"},        // a token is lost
           {cell, "= &open", "= open[0]"},                        // a reader is forgotten
           {"sluice_count", "rst || (step_i && last_o)", "rst"},  // a frame that does not end
           // Accesses that end two cycles after their pulse.
           {"proof_actor", "assign ended_o   = ended_q;",
            "reg [BITS-1:0] later_q; always @(posedge clk) later_q <= rst ? 0 : ended_q; assign ended_o = later_q;"},
       }) {
    CAPTURE(mutation.from);
    CAPTURE(mutation.to);
    CHECK(prove(channel_proof(kFork, 3), {mutation}) == "refuted");
  }
}
