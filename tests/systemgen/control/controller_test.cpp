#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <random>

#include "tests/systemgen/support/cell_bench.hpp"

using namespace sluice;

namespace {

/// What one gate needs: pulses before firing t of the first frame may start, and a frame's pulses. Not below 0 only if
/// something is needed at all.
struct Gate {
  std::vector<std::int64_t> totals;
  std::int64_t per_frame = 1;

  [[nodiscard]] std::int64_t needed(std::int64_t firing) const {
    const auto firings = std::ssize(totals);
    return totals[static_cast<std::size_t>(firing % firings)] + firing / firings * per_frame;
  }
};

constexpr int kStepBits = 4;
constexpr int kCycles = 600;

struct Controller {
  std::int64_t firings = 1;
  std::vector<Gate> gates;
};

Controller random_controller(std::mt19937& random) {
  const auto below = [&](std::int64_t limit) { return static_cast<std::int64_t>(random() % limit); };
  Controller controller;
  controller.firings = 1 + below(7);
  controller.gates.resize(static_cast<std::size_t>(1 + below(3)));
  for (auto& gate : controller.gates) {
    gate.totals.push_back(below(6) - 3);
    const auto step = [&] { return below(3) > 0 ? 1 : below(5); };
    while (std::ssize(gate.totals) < controller.firings) gate.totals.push_back(gate.totals.back() + step());
    gate.per_frame = gate.totals.back() - gate.totals.front() + step();
  }
  return controller;
}

std::string bench(const Controller& controller, std::size_t number) {
  std::string initial;
  std::string widths;
  std::string steps;
  for (const auto& gate : controller.gates) {
    initial = fmt::format("-32'sd{}{}{}", std::abs(gate.totals[0]), initial.empty() ? "" : ", ", initial);
    if (gate.totals[0] < 0) initial.erase(0, 1);
    widths = fmt::format("32'd{}{}{}", widths.size() % 2 == 0 ? 12 : 11, widths.empty() ? "" : ", ", widths);
    for (std::int64_t t = 0; t < controller.firings; ++t) {
      steps = fmt::format("4'd{}{}{}", gate.needed(t + 1) - gate.needed(t), steps.empty() ? "" : ", ", steps);
    }
  }
  const std::size_t gates = controller.gates.size();
  const int firing_bits =
      std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(controller.firings - 1))));
  std::string text =
      fmt::format(R"(
  wire [{last}:0] pulse{n} = random[{last} + {n} % 7 +: {gates}];
  wire go{n}; wire fire{n} = go{n} & (random[40 + {n} % 9 +: 2] != 0);
  wire [{bits}-1:0] firing{n}; wire last{n};
  sluice_count #(.COUNT({firings})) c{n} (clk, rst, fire{n}, firing{n}, last{n});
  sluice_controller #(.GATES({gates}), .FIRINGS({firings}), .STEP_BITS({step}), .WIDTHS({{{widths}}}),
    .INITIAL({{{initial}}}), .STEPS({{{steps}}})) u{n} (clk, rst, pulse{n}, firing{n}, fire{n}, go{n});
)",
                  fmt::arg("n", number), fmt::arg("gates", gates), fmt::arg("last", gates - 1),
                  fmt::arg("firings", controller.firings), fmt::arg("bits", firing_bits), fmt::arg("widths", widths),
                  fmt::arg("step", kStepBits), fmt::arg("initial", initial), fmt::arg("steps", steps));
  return text + test::bench_trace(number, {fmt::format("pulse{}", number), fmt::format("fire{}", number),
                                           fmt::format("go{}", number)});
}

}  // namespace

TEST_CASE("a controller lets an actor fire exactly when enough pulses have come") {
  std::mt19937 random(5);
  std::vector<Controller> controllers{{1, {{{0}, 1}}}, {1, {{{5}, 5}}}};
  while (controllers.size() < 80) controllers.push_back(random_controller(random));
  std::string body;
  for (std::size_t n = 0; n < controllers.size(); ++n) body += bench(controllers[n], n);
  const auto traces = test::CellTrace::parse(test::run_cell_bench(body, kCycles), controllers.size(), 3);
  for (std::size_t n = 0; n < controllers.size(); ++n) {
    CAPTURE(n);
    const auto& gates = controllers[n].gates;
    std::vector<std::int64_t> pulses(gates.size());
    std::int64_t firing = 0;
    REQUIRE(traces[n].cycles.size() >= kCycles);
    for (const auto& cycle : traces[n].cycles) {
      bool open = true;
      for (std::size_t g = 0; g < gates.size(); ++g) {
        open = open && pulses[g] >= gates[g].needed(firing);
        pulses[g] += cycle[0] >> g & 1;
      }
      REQUIRE((cycle[2] == 1) == open);
      firing += cycle[1];
    }
    CHECK(firing > 20);
  }
}

TEST_CASE("a run opens for the firings of one frame") {
  std::string body;
  for (const int firings : {1, 2, 5}) {
    const auto n = fmt::format("{}", firings);
    // A start comes at random, but not while the run is open.
    body += fmt::format(R"(
  reg open{0} = 0; wire start{0} = !rst & !open{0} & (random[9:7] == 0);
  wire go{0}; wire fire{0} = go{0} & (random[31:30] != 0);
  sluice_run #(.FIRINGS({0})) u{0} (clk, rst, start{0}, fire{0}, go{0});
  integer left{0} = 0;
  always @(posedge clk) begin
    left{0} <= (start{0} ? {0} : left{0}) - fire{0};
    open{0} <= (start{0} ? {0} : left{0}) - fire{0} > 0;
  end
)",
                        firings) +
            test::bench_trace(static_cast<std::size_t>(firings), {"start" + n, "fire" + n, "go" + n});
  }
  const auto traces = test::CellTrace::parse(test::run_cell_bench(body, kCycles), 6, 3);
  for (const std::size_t firings : {1, 2, 5}) {
    CAPTURE(firings);
    std::int64_t left = 0;
    std::int64_t starts = 0;
    for (const auto& cycle : traces[firings].cycles) {
      if (cycle[0] == 1) left = static_cast<std::int64_t>(firings);
      REQUIRE((cycle[2] == 1) == (left > 0));
      left -= cycle[1];
      starts += cycle[0];
    }
    CHECK(starts > 20);
  }
}
