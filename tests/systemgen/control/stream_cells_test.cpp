#include <doctest/doctest.h>
#include <fmt/format.h>

#include <deque>
#include <optional>

#include "tests/systemgen/support/cell_bench.hpp"

using namespace sluice;

namespace {

constexpr int kCycles = 600;

/// A port with its frame, and how often its neighbours pause: of 8 cycles on average.
struct Port {
  std::int64_t beats = 1;
  std::int64_t chunk = 1;
  int pauses = 0;  ///< of the stream
  int closed = 0;  ///< of go_i
  int wrong = 0;   ///< of 8 beats, those with a random TLAST; of a sender, none
};

std::vector<Port> ports(bool framing_errors) {
  std::vector<Port> list;
  for (const auto& [beats, chunk] : {std::pair{1, 1}, {4, 1}, {4, 4}, {6, 2}, {12, 3}, {5, 5}}) {
    for (const int pauses : {0, 1, 6}) {
      for (const int closed : {0, 5}) {
        list.push_back({beats, chunk, pauses, closed, 0});
        if (framing_errors) list.push_back({beats, chunk, pauses, closed, 1});
      }
    }
  }
  return list;
}

/// Checks when firings start and when their accesses and pulses come. Columns: go, fire, access, pulse, done.
class Firings {
 public:
  explicit Firings(const Port& port) : port_(port) {}

  void cycle(bool go, bool fire, bool access, bool pulse, bool done) {
    const bool ends = access && left_ == 1;
    REQUIRE(fire == (go && (left_ == 0 || ends)));
    if (access) REQUIRE(left_ > 0);
    REQUIRE(announced_ == ends);
    announced_ = pulse;
    if (access) {
      --left_;
      accesses_ = (accesses_ + 1) % port_.beats;
    }
    REQUIRE(done == (access && accesses_ == 0));
    if (fire) left_ = port_.chunk;
  }

  /// Accesses that may come now.
  [[nodiscard]] std::int64_t left() const { return left_; }

 private:
  Port port_;
  std::int64_t left_ = 0;
  std::int64_t accesses_ = 0;  ///< of the frame
  bool announced_ = false;     ///< that this cycle has a firing's last access
};

std::string receiver(const Port& port, std::size_t n) {
  return fmt::format(R"(
  reg [15:0] data{n} = 0; reg valid{n} = 0; reg last{n} = 0; integer beat{n} = 0;
  wire ready{n}, fire{n}, written{n}, done{n}, error{n}, we{n}; wire [15:0] word{n};
  wire go{n} = !rst & ({closed} <= random[20 + {n} % 19 +: 3]);
  integer fires{n} = 0; always @(posedge clk) fires{n} <= fires{n} + fire{n};
  wire final{n} = fires{n} % {firings} == 0;
  sluice_axis_receive #(.WIDTH(16), .CHUNK({chunk})) u{n} (clk, rst, go{n}, final{n}, fire{n}, written{n}, done{n}, error{n},
    data{n}, last{n}, valid{n}, ready{n}, we{n}, word{n});
  always @(posedge clk) if (!rst & (ready{n} | !valid{n})) begin
    valid{n} <= {pauses} <= random[{n} % 17 +: 3];
    if (valid{n}) begin
      data{n} <= data{n} + 1;
      last{n} <= random[50 +: 3] < {wrong} ? random[60] : (beat{n} + 1) % {beats} == {beats} - 1;
      beat{n} <= last{n} ? 0 : beat{n} + 1;
    end else if (beat{n} == 0) last{n} <= {beats} == 1;
  end
)",
                     fmt::arg("n", n), fmt::arg("beats", port.beats), fmt::arg("chunk", port.chunk),
                     fmt::arg("firings", port.beats / port.chunk), fmt::arg("pauses", port.pauses),
                     fmt::arg("closed", port.closed), fmt::arg("wrong", port.wrong)) +
         test::bench_trace(
             n, {fmt::format("go{}", n), fmt::format("fire{}", n), fmt::format("we{}", n), fmt::format("written{}", n),
                 fmt::format("done{}", n), fmt::format("valid{0} & ready{0}", n), fmt::format("data{}", n),
                 fmt::format("last{}", n), fmt::format("word{}", n), fmt::format("error{}", n)});
}

/// The elements of the frames that beats make: those cut short are filled with zeros, what is beyond the last is
/// dropped.
class Framing {
 public:
  explicit Framing(std::int64_t beats) : beats_(beats) {}

  void accept(std::int64_t data, bool last) {
    if (dropping_) {
      dropping_ = !last;
      return;
    }
    elements_.emplace_back(data);
    ++beat_;
    wrong_ = wrong_ || last != (beat_ == beats_);
    if (last) {
      for (; beat_ < beats_; ++beat_) elements_.emplace_back();
    }
    dropping_ = !last && beat_ == beats_;
    beat_ %= beats_;
  }

  /// Elements that are not written yet, where they are known.
  std::deque<std::optional<std::int64_t>>& elements() { return elements_; }
  [[nodiscard]] bool wrong() const { return wrong_; }

 private:
  std::int64_t beats_;
  std::int64_t beat_ = 0;
  bool dropping_ = false;
  bool wrong_ = false;
  std::deque<std::optional<std::int64_t>> elements_;
};

std::string sender(const Port& port, std::size_t n) {
  return fmt::format(R"(
  reg [15:0] next{n} = 1; reg [15:0] word{n};
  wire fire{n}, read{n}, done{n}, re{n}, last{n}, valid{n}; wire [15:0] data{n};
  wire go{n} = !rst & ({closed} <= random[20 + {n} % 19 +: 3]);
  wire ready{n} = {pauses} <= random[{n} % 17 +: 3];
  integer fires{n} = 0; always @(posedge clk) fires{n} <= fires{n} + fire{n};
  wire final{n} = fires{n} % {firings} == 0;
  sluice_axis_send #(.WIDTH(16), .CHUNK({chunk})) u{n} (clk, rst, go{n}, final{n}, fire{n}, read{n}, done{n}, re{n}, word{n},
    data{n}, last{n}, valid{n}, ready{n});
  always @(posedge clk) if (re{n}) begin
    next{n} <= next{n} + 1;
    word{n} <= next{n};
  end
)",
                     fmt::arg("n", n), fmt::arg("chunk", port.chunk), fmt::arg("firings", port.beats / port.chunk),
                     fmt::arg("pauses", port.pauses), fmt::arg("closed", port.closed)) +
         test::bench_trace(
             n, {fmt::format("go{}", n), fmt::format("fire{}", n), fmt::format("re{}", n), fmt::format("read{}", n),
                 fmt::format("done{}", n), fmt::format("valid{}", n), fmt::format("ready{}", n),
                 fmt::format("valid{0} ? data{0} : 0", n), fmt::format("valid{0} & last{0}", n)});
}

template <typename Text>
std::vector<test::CellTrace> run(const std::vector<Port>& list, const Text& text, std::size_t names) {
  std::string body;
  for (std::size_t n = 0; n < list.size(); ++n) body += text(list[n], n);
  return test::CellTrace::parse(test::run_cell_bench(body, kCycles), list.size(), names);
}

std::string to_string(const Port& port) {
  return fmt::format("{} beats, {} a firing, {} pauses, {} closed, {} wrong", port.beats, port.chunk, port.pauses,
                     port.closed, port.wrong);
}

}  // namespace

TEST_CASE("a stream is received chunk by chunk and whatever its frames are") {
  const auto list = ports(true);
  const auto traces = run(list, receiver, 10);
  for (std::size_t n = 0; n < list.size(); ++n) {
    INFO(to_string(list[n]));
    Firings firings(list[n]);
    Framing framing(list[n].beats);
    std::size_t written = 0;
    for (const auto& cycle : traces[n].cycles) {
      const std::int64_t left = firings.left();
      const bool there = !framing.elements().empty();
      firings.cycle(cycle[0] != 0, cycle[1] != 0, cycle[2] != 0, cycle[3] != 0, cycle[4] != 0);
      if (cycle[2] != 0) {
        REQUIRE(there);
        REQUIRE(cycle[8] == framing.elements().front().value_or(cycle[8]));
        framing.elements().pop_front();
        ++written;
      } else if (list[n].wrong == 0) {
        REQUIRE((left == 0 || !there));  // nothing waits for nothing
      }
      if (cycle[5] != 0) framing.accept(cycle[6], cycle[7] != 0);
      if (cycle[9] != 0) REQUIRE(framing.wrong());
    }
    CHECK(written > 50);
    CHECK((traces[n].cycles.back()[9] != 0) == (list[n].wrong != 0));
    if (list[n].pauses + list[n].closed + list[n].wrong == 0) CHECK(written >= kCycles - 4);
  }
}

TEST_CASE("a stream is sent chunk by chunk") {
  const auto list = ports(false);
  const auto traces = run(list, sender, 9);
  for (std::size_t n = 0; n < list.size(); ++n) {
    INFO(to_string(list[n]));
    Firings firings(list[n]);
    std::int64_t reads = 0;
    std::int64_t sent = 0;
    std::vector<std::int64_t> waiting;
    for (const auto& cycle : traces[n].cycles) {
      firings.cycle(cycle[0] != 0, cycle[1] != 0, cycle[2] != 0, cycle[3] != 0, cycle[4] != 0);
      const std::vector<std::int64_t> offered{cycle[5], cycle[7], cycle[8]};
      if (!waiting.empty()) REQUIRE(offered == waiting);
      waiting = cycle[5] != 0 && cycle[6] == 0 ? offered : std::vector<std::int64_t>{};
      if (cycle[5] != 0 && cycle[6] != 0) {
        ++sent;
        REQUIRE(cycle[7] == sent);
        REQUIRE((cycle[8] != 0) == (sent % list[n].beats == 0));
      }
      REQUIRE(sent <= reads);
      reads += cycle[2];
      REQUIRE(reads - sent <= 3);
    }
    CHECK(sent > 50);
    if (list[n].pauses + list[n].closed == 0) CHECK(sent >= kCycles - 4);
  }
}
