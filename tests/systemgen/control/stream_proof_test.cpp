#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/systemgen/support/proof.hpp"

// The stream ports, for any timing of streams and neighbours, and any TLAST.

using namespace sluice;
using test::Mutation;
using test::prove;

namespace {

test::Proof port(const std::string& harness, int beats, int chunk) {
  return {harness, {{"BEATS", fmt::format("{}", beats)}, {"CHUNK", fmt::format("{}", chunk)}}};
}

void check_refuted(const std::string& harness, const std::vector<Mutation>& mutations, int beats = 4, int chunk = 2) {
  for (const auto& mutation : mutations) {
    CAPTURE(mutation.module);
    CAPTURE(mutation.from);
    CAPTURE(mutation.to);
    CHECK(prove(port(harness, beats, chunk), {mutation}) == "refuted");
  }
}

const std::vector<Mutation> kSkid{
    {"sluice_skid", "spare_valid_q ? spare_q : data_i", "data_i"},  // beats change their order
    {"sluice_skid", "<= ~spare_next", "<= 1'b1"},                   // a beat too many is accepted
    {"sluice_skid", "valid_next = ~move | spare_valid_q | take", "valid_next = spare_valid_q | take"},
    {"sluice_skid", "valid_next = ~move | spare_valid_q | take", "valid_next = ~move | take"},
    {"sluice_skid", "ready_i | ~valid_q", "1'b1"},
    {"sluice_skid", "wire take       = valid_i & ready_q", "wire take       = valid_i"},
};

const std::vector<Mutation> kChunks{
    {"sluice_chunks", "go_i & (~busy_q | end_now)", "go_i & ~busy_q"},     // a gap between firings
    {"sluice_chunks", "go_i & (~busy_q | end_now)", "~busy_q | end_now"},  // without being let
    {"sluice_chunks", "(busy_q & ~end_now)", "busy_q"},                    // a firing without end
    {"sluice_chunks", "step_i ? beat == BEFORE_LAST[BITS-1:0] : last_beat", "last_beat"},
    {"sluice_chunks", "busy_next & last_beat_next & next_i", "busy_next & last_beat_next"},
    {"sluice_chunks", "last_beat & final_i", "last_beat"},  // a frame's end with each firing
    {"sluice_chunks", "last_beat & final_i", "final_i"},
};

}  // namespace

TEST_CASE("a receiver writes each frame once and in order and recovers from wrong ones") {
  if (!test::can_prove()) return;
  for (const auto& [beats, chunk] : {std::pair{1, 1}, {4, 2}}) {
    CAPTURE(beats);
    CHECK(prove(port("axis_receive_proof", beats, chunk)) == "proved");
  }
}

TEST_CASE("a sender sends each frame once and in order and keeps what it offers") {
  if (!test::can_prove()) return;
  for (const auto& [beats, chunk] : {std::pair{1, 1}, {4, 2}}) {
    CAPTURE(beats);
    CHECK(prove(port("axis_send_proof", beats, chunk)) == "proved");
  }
}

TEST_CASE("each proof of a receiver fails when a part is wrong") {
  if (!test::can_prove()) return;
  const std::string harness = "axis_receive_proof";
  const std::string cell = "sluice_axis_receive";
  check_refuted(harness, {
                             {cell, "if (tready_o) begin", "begin"},                   // a beat is overwritten
                             {cell, "tvalid_i | ~tready_o", "tvalid_i"},               // or lost
                             {cell, "tvalid_i | ~tready_o", "tvalid_i | valid_q"},     // or written twice
                             {cell, "~valid_q | drop_q", "1'b1 | drop_q"},             // a beat too many is accepted
                             {cell, "early | (fill_q & ~done_o)", "early"},            // the fill ends too soon
                             {cell, "early | (fill_q & ~done_o)", "early | fill_q"},   // ... or never
                             {cell, "early | (fill_q & ~done_o)", "1'b0"},             // ... or does not begin
                             {cell, "late | (drop_q & ~(valid_q & last_q))", "late"},  // not all is dropped
                             {cell, "late | (drop_q & ~(valid_q & last_q))", "1'b0"},  // or nothing
                             {cell, "late | (drop_q & ~(valid_q & last_q))", "late | drop_q"},
                             {cell, "busy & valid_q & ~drop_q & ~fill_q", "busy & valid & ~fill_q"},
                             {cell, "drop_q | (busy & ~fill_q)", "drop_q | busy"},  // beats are lost in a fill
                             {cell, "fill_next | (valid_next & ~drop_next)", "valid_next & ~drop_next"},
                             {cell, "tlast_error_q | early | late", "tlast_error_q | early"},
                             {cell, "tlast_error_q | early | late", "tlast_error_q | late"},
                             {cell, "tlast_error_q | early | late", "early | late"},
                         });
  // A firing's first beat is its last.
  check_refuted(harness, {{cell, "fill_next | (valid_next & ~drop_next)", "fill_next | valid_next"}}, 2, 1);
}

TEST_CASE("each proof of a sender fails when a part is wrong") {
  if (!test::can_prove()) return;
  const std::string harness = "axis_send_proof";
  const std::string cell = "sluice_axis_send";
  check_refuted(harness, kChunks);
  check_refuted(harness, kSkid);
  check_refuted(harness, {
                             {cell, "busy & (~read_q | skid_ready)", "busy"},            // an element is overwritten
                             {cell, "busy & (~read_q | skid_ready)", "busy & ~read_q"},  // a gap
                             {cell, "re_o | (read_q & ~skid_ready)", "re_o"},
                             {cell, "re_o | (read_q & ~skid_ready)", "re_o | read_q"},  // an element is sent twice
                             {cell, "if (re_o) read_last_q", "read_last_q"},            // TLAST moves
                             {cell, "~read_next | skid_ready_next", "1'b1"},
                         });
  // A firing's first beat is its last.
  check_refuted(harness, {{cell, "~read_next | skid_ready_next", "skid_ready_next"}}, 2, 1);
}

TEST_SUITE("slow") {
  TEST_CASE("each proof of a port fails when a part of both is wrong") {
    if (!test::can_prove()) return;
    check_refuted("axis_receive_proof", kChunks);
  }

  TEST_CASE("ports of other sizes receive and send each frame once and in order") {
    if (!test::can_prove()) return;
    for (const auto& [beats, chunk] : {std::pair{3, 3}, {2, 1}, {3, 1}, {4, 4}}) {
      CAPTURE(beats);
      CAPTURE(chunk);
      CHECK(prove(port("axis_receive_proof", beats, chunk)) == "proved");
      CHECK(prove(port("axis_send_proof", beats, chunk)) == "proved");
    }
  }
}
