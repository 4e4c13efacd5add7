#include "systemgen/choose/parallel_kernels.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <random>

#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/single_operator.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

Report with_multipliers(const onnx::ModelProto& model, std::int64_t multipliers,
                        ActorOrder order = ActorOrder::dataflow) {
  FlowOptions options;
  options.order = order;
  options.optimisation = 2;
  options.goal.multipliers = multipliers;
  const Report report = simulate_model(model, options);
  CHECK(report.multipliers() <= multipliers);
  return report;
}

std::int64_t random_from(std::int64_t low, std::int64_t high, std::mt19937& random) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random);
}

void check_random_operators(int count, unsigned seed) {
  std::mt19937 random(seed);
  for (int i = 0; i < count; ++i) {
    CAPTURE(i);
    const std::int64_t multipliers = random_from(1, 24, random);
    const std::int64_t groups = random_from(0, 2, random) == 0 ? random_from(2, 6, random) : 1;
    const auto from = [&](std::int64_t low, std::int64_t high) { return random_from(low, high, random); };
    const auto model =
        i % 3 == 0 ? product(from(1, 9), from(2, 40), from(1, 20))
                   : convolution(2 * from(0, 2) + 1, groups * from(1, 4), groups * from(1, 6), from(3, 9), groups);
    const Report report = with_multipliers(model, multipliers);
    CHECK(report.actors.back().ii == 1);
  }
}

onnx::ModelProto small_network() {
  const auto weights = [](Shape shape, unsigned seed) {
    return test::random_tensor({ElementType::float32, std::move(shape)}, seed);
  };
  return parse_text(
      "agraph (float[1,2,8,8] x) => (float[1,10] y) {"
      " a = Conv <pads = [1,1,1,1]> (x, w1) b = Relu (a) c = MaxPool <kernel_shape = [2,2], strides = [2,2]> (b)"
      " d = Conv <pads = [1,1,1,1]> (c, w2) e = Add (c, d) f = Flatten (e) y = Gemm (f, w3) }",
      {{"w1", weights({8, 2, 3, 3}, 1)}, {"w2", weights({8, 8, 3, 3}, 2)}, {"w3", weights({128, 10}, 3)}});
}

}  // namespace

TEST_CASE("operators with any number of multipliers start an iteration every cycle and are right") {
  check_random_operators(9, 41);
}

TEST_CASE("a network uses its multipliers, in the same banks from layer to layer") {
  std::int64_t before = 0;
  for (const std::int64_t multipliers : {3, 24}) {
    CAPTURE(multipliers);
    const Report report = with_multipliers(small_network(), multipliers);
    if (before > 0) CHECK(report.predicted_interval < before);
    before = report.predicted_interval;
    for (const auto& actor : report.actors) CHECK_MESSAGE(actor.ii == 1, actor.name);
  }
}

TEST_CASE("lanes of a layer at the ports let beats have the elements that its interval needs") {
  const Report report = with_multipliers(convolution(3, 7, 3, 11), 33);
  CHECK(report.predicted_interval == report.network->slowest_interval());
  const auto bound = (report.macs() + report.multipliers() - 1) / report.multipliers();
  CHECK(static_cast<double>(report.predicted_interval) <= 1.1 * static_cast<double>(bound));
}

TEST_CASE("the batch product of the published comparison") {
  const auto model = parse_text("agraph (float[4,8] a, float[8,4] b) => (float[4,4] y) { y = MatMul (a, b) }", {});
  CHECK(with_multipliers(model, 16, ActorOrder::sequential).actors[0].cycles < 30);
}

TEST_CASE("a tensor that a product reads in two ways, and lanes that don't divide a group's channels") {
  with_multipliers(parse_text("agraph (float[13,13] a) => (float[13,13] y) { y = MatMul (a, a) }", {}), 24);
  CHECK(with_multipliers(convolution(3, 4, 52, 5, 4), 5).actors[0].ii == 1);
}

TEST_CASE("an unrolled window keeps what it read in registers, where that takes fewer") {
  FlowOptions options;
  options.optimisation = 2;
  options.goal.multipliers = 9;
  options.check_levels = true;
  const auto facts = [&] { return simulate_model(convolution(3, 1, 1, 20), options).actors.back(); };
  const ActorFacts window = facts();
  options.skip = {"reuse-loads"};
  const ActorFacts loads = facts();
  CHECK(window.units.at("fp_mul") == 9);
  CHECK(window.cycles <= loads.cycles);
  CHECK(window.register_bits < 0.8 * static_cast<double>(loads.register_bits));
}

TEST_CASE("kernels of several nests are split where that makes a dataflow system faster, and nowhere else") {
  const auto model = parse_text(
      "agraph (float[5,6] x) => (float[5,8] y) { m = MatMul (x, w) n = LayerNormalization (m, s) y = Softmax (n) }",
      {{"w", test::random_tensor({ElementType::float32, {6, 8}}, 5)},
       {"s", test::random_tensor({ElementType::float32, {8}}, 6)}});
  const auto built = [&](FlowOptions options) {
    const test::TemporaryFolder place;
    options.model = place.path() / "model.onnx";
    options.output = place.path() / "out";
    options.stop_after = Stage::rtl;
    std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
    Progress silent(false);
    auto result = run_flow(options, silent);
    REQUIRE_MESSAGE(result.has_value(), to_string(result.errors()));
    return result->report;
  };
  for (const int optimisation : {1, 2}) {
    CAPTURE(optimisation);
    FlowOptions options;
    options.optimisation = optimisation;
    if (optimisation == 2) options.goal.multipliers = 24;
    options.check_levels = true;
    options.frames.frames = 4;
    const Report split = simulate_model(model, options);
    CHECK(split.verification->interval == split.predicted_interval);
    FlowOptions others = options;
    others.skip = {"split-kernels"};
    const Report whole = built(others);
    CHECK(whole.actors.size() == 3);
    CHECK(split.predicted_interval < whole.predicted_interval);
    CHECK(split.macs() == whole.macs());
    CHECK(split.network->bits() > whole.network->bits());
    std::string names;
    for (const auto& actor : split.actors) {
      CHECK(actor.onnx_nodes.size() == 1);
      names += actor.name + " ";
    }
    CHECK_MESSAGE(names.find("_variance ") != std::string::npos, names);
    // The product, with one multiplier, takes longer than a whole Softmax.
    CHECK_MESSAGE((names.find("_sum ") != std::string::npos) == (optimisation == 2), names);
    others = options;
    for (const auto order : {ActorOrder::sequential, ActorOrder::staged}) {
      others.order = order;
      CHECK(built(others).actors.size() == 3);
    }
  }
}

TEST_CASE("all parts of a split kernel have the lanes that the interval asks for, and no more") {
  const auto model = parse_text("agraph (float[8,32] x) => (float[8,32] y) { y = LayerNormalization (x, s) }",
                                {{"s", test::random_tensor({ElementType::float32, {32}}, 6)}});
  for (const auto& [multipliers, interval] : {std::pair{8, 128}, std::pair{64, 16}}) {
    CAPTURE(multipliers);
    const Report report = with_multipliers(model, multipliers);
    CHECK(report.predicted_interval <= interval);
    REQUIRE(report.actors.size() == 3);
    for (const auto& actor : report.network->actors) {
      CAPTURE(actor.name);
      if (actor.multipliers > 0) CHECK(2 * actor.interval() > report.predicted_interval);
    }
  }
}

TEST_CASE("multipliers inside functions count") {
  with_multipliers(parse_text("agraph (float[1,5] x) => (float[1,2] y) { m = MatMul (x, w) y = Tanh (m) }",
                              {{"w", test::random_tensor({ElementType::float32, {5, 2}}, 1)}}),
                   9);
}

TEST_SUITE("slow") {
  TEST_CASE("many operators with any number of multipliers") { check_random_operators(150, 42); }
}
