#include "systemgen/choose/pipeline_kernel.hpp"

#include <doctest/doctest.h>

#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/single_operator.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// The last actor's: cycles are simulated, since the latency is the predicted one.
struct Measured {
  double efficiency;  ///< MACs / (cycles x multipliers)
  std::int64_t cycles;
};

Measured measure(const onnx::ModelProto& model, int optimisation, double clock_ns, Simulator simulator) {
  FlowOptions options;
  options.optimisation = optimisation;
  options.clock_ns = clock_ns;
  options.verification.simulator = simulator;
  const Report report = simulate_model(model, options);
  const ActorFacts& actor = report.actors.back();
  const auto multipliers = actor.units.find("fp_mul");
  REQUIRE(multipliers != actor.units.end());
  CHECK(multipliers->second == 1);
  return {static_cast<double>(actor.macs) / static_cast<double>(actor.cycles), actor.cycles};
}

void check_efficiency(const onnx::ModelProto& model, double least, Simulator simulator = Simulator::icarus) {
  for (const double clock_ns : {10.0, 5.0}) {
    CAPTURE(clock_ns);
    const Measured measured = measure(model, 1, clock_ns, simulator);
    CHECK(measured.efficiency >= least);
    MESSAGE(measured.cycles, " cycles, efficiency ", measured.efficiency);
  }
}

}  // namespace

TEST_CASE("-O1 keeps one multiplier busy: a convolution, a depthwise one, an odd product, one column") {
  check_efficiency(convolution(3, 3, 16, 6), 0.97);
  check_efficiency(convolution(3, 16, 16, 9, 16), 0.95);
  check_efficiency(product(11, 37, 29), 0.97);
  check_efficiency(product(53, 211, 1), 0.97);
}

TEST_CASE(
    "-O1 is at its bound with an epilogue of two operations of a kind, with equal constants, and near the least "
    "clock") {
  const auto clipped =
      parse_text("agraph (float[6,8] x) => (float[6,12] y) { m = MatMul (x, w) t = Min (m, high) y = Max (t, low) }",
                 {{"w", test::random_tensor({ElementType::float32, {8, 12}}, 1)},
                  {"high", Tensor::of(ElementType::float32, {}, std::vector<float>{6})},
                  {"low", Tensor::of(ElementType::float32, {}, std::vector<float>{0})}});
  const auto back_and_forth =
      parse_text("agraph (float[6,8] x) => (float[6,12] y) { m = MatMul (x, w) t = Add (m, c) y = Sub (t, c) }",
                 {{"w", test::random_tensor({ElementType::float32, {8, 12}}, 1)},
                  {"c", test::random_tensor({ElementType::float32, {12}}, 2)}});
  for (const auto& model : {clipped, back_and_forth, convolution(3, 5, 2, 3)}) {
    for (const double clock_ns : {4.6, 5.0, 10.0}) {
      FlowOptions options;
      options.clock_ns = clock_ns;
      CHECK(simulate_model(model, options).actors.back().ii == 1);
    }
  }
}

TEST_CASE("every scheduler at every level predicts the simulated cycles") {
  const auto softmax = parse_text("agraph (float[2,5] x) => (float[2,5] y) { y = Softmax (x) }");
  for (const auto& model : {convolution(3, 2, 3, 4), product(3, 7, 2), softmax}) {
    for (const auto& scheduler : schedulers()) {
      for (const int optimisation : {0, 1}) {
        CAPTURE(scheduler.name);
        CAPTURE(optimisation);
        FlowOptions options;
        options.scheduler = scheduler.name;
        options.optimisation = optimisation;
        options.frames.frames = 2;
        const Report report = simulate_model(model, options);
        CHECK(report.verification->interval == report.predicted_interval);
      }
    }
  }
}

TEST_CASE("sums keep ONNX's order where they must, if that is slower") {
  FlowOptions options;
  const auto model = product(1, 40, 1);
  const Report split = simulate_model(model, options);
  options.reassociate = false;
  const Report ordered = simulate_model(model, options);
  CHECK(split.actors.back().ii == 1);
  CHECK(ordered.actors.back().ii > 1);
}

TEST_CASE("a vector that is added starts the sum, and three lanes' terms reach it through two additions") {
  const auto model = parse_text(
      "agraph (float[16,16] A, float[16] x1, float[16] x2, float[16] y1, float[16] y2) => (float[16] z1, float[16] z2)"
      " { t1 = MatMul (A, y1) z1 = Add (x1, t1) t2 = MatMul (y2, A) z2 = Add (x2, t2) }");
  FlowOptions options;
  options.order = ActorOrder::staged;
  options.optimisation = 2;
  options.goal.multipliers = 6;
  options.target = "xc7";
  options.check_levels = true;
  const Report report = simulate_model(model, options);
  REQUIRE(report.actors.size() == 2);
  for (const auto& actor : report.actors) {
    CHECK(actor.ii == 1);
    // An addition is there after 3 cycles and a register; before the two come a load and a product.
    CHECK(actor.cycles <= 16 * 6 + 2 * 4 + 4);
    CHECK(actor.units.at("fp_add") == 3);
  }
}

TEST_CASE("at a fast clock -O1 is at least eight times as fast as -O0") {
  const auto model = convolution(3, 3, 4, 5);
  CHECK(measure(model, 0, 5, Simulator::icarus).cycles >= 8 * measure(model, 1, 5, Simulator::icarus).cycles);
}

TEST_SUITE("slow") {
  TEST_CASE("-O1 keeps one multiplier busy in 3x3 and 1x1 convolutions of 1 and 3 and 16 and 64 channels") {
    for (const std::int64_t kernel : {1, 3}) {
      for (const std::int64_t in : {1, 3, 16, 64}) {
        for (const std::int64_t out : {1, 3, 16, 64}) {
          std::int64_t size = 4;
          while (size * size * kernel * kernel * in * out < 10'000) size += 3;
          CAPTURE(kernel);
          CAPTURE(in);
          CAPTURE(out);
          check_efficiency(convolution(kernel, in, out, size), 0.97, Simulator::verilator);
        }
      }
    }
  }

  TEST_CASE("-O1 keeps one multiplier busy in depthwise convolutions") {
    for (const std::int64_t channels : {1, 3, 16, 64})
      check_efficiency(convolution(3, channels, channels, 35 - channels / 3, channels), 0.95, Simulator::verilator);
  }

  TEST_CASE("-O1 keeps one multiplier busy in products of odd sizes") {
    for (const auto& [m, k, n] : {std::array{1, 101, 103}, {97, 53, 3}, {7, 1733, 1}, {1, 10007, 1}, {31, 37, 41}})
      check_efficiency(product(m, k, n), 0.97, Simulator::verilator);
  }
}
