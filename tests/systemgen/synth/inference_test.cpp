#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>

#include "systemgen/flow.hpp"
#include "systemgen/synth/synthesize.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/liberty.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

// What Yosys makes of generated designs: memories become block memories, products become hard multipliers, and nothing
// explodes into logic.

using namespace sluice;

namespace {

/// Builds the model and synthesizes it for a built-in target.
Synthesis synthesized(const onnx::ModelProto& model, const std::string& target_name) {
  const test::TemporaryFolder place;
  FlowOptions options;
  options.model = place.path() / "model.onnx";
  options.output = place.path() / "out";
  options.target = target_name;
  options.order = ActorOrder::sequential;  // the least around the actors
  options.stop_after = Stage::rtl;
  std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
  Progress silent(false);
  const auto built = run_flow(options, silent);
  REQUIRE_MESSAGE(built, to_string(built.errors()));
  const auto design = read_design(options.output);
  REQUIRE_MESSAGE(design, to_string(design.errors()));
  const auto result = synthesize(*design, Target::load(target_name).value(), {}, silent);
  REQUIRE_MESSAGE(result, to_string(result.errors()));
  return *result;
}

onnx::ModelProto gemm_f32() {
  return test::parse_text("agraph (float[1,64] x) => (float[1,16] y) { y = MatMul(x, w) }",
                          {{"w", test::random_tensor({ElementType::float32, {64, 16}}, 1)}});
}

onnx::ModelProto scale_i16() {
  return test::parse_text("agraph (int16[512] x) => (int16[512] y) { y = Mul(x, w) }",
                          {{"w", test::random_tensor({ElementType::int16, {512}}, 1)}});
}

onnx::ModelProto conv_f32() {
  return test::parse_text("agraph (float[1,4,8,8] x) => (float[1,8,6,6] y) { y = Conv(x, w) }",
                          {{"w", test::random_tensor({ElementType::float32, {8, 4, 3, 3}}, 1)}});
}

/// Memories above 1 kbit, each of at least one block.
int large_memories(const Synthesis& synthesis) {
  int count = 0;
  for (const auto& [shape, times] : synthesis.memories) count += shape.bits() > 1024 ? times : 0;
  return count;
}

struct Expectation {
  std::string target;
  std::int64_t dsps = 0;
  std::int64_t most_luts = 0;
  double block_rams_each = 1;  ///< the least that a memory takes
};

void check(const onnx::ModelProto& model, const Expectation& expected) {
  CAPTURE(expected.target);
  const auto synthesis = synthesized(model, expected.target);
  const auto& cells = *synthesis.total.fpga;
  CHECK(cells.dsps == expected.dsps);
  CHECK(cells.luts <= expected.most_luts);
  CHECK(cells.luts >= expected.most_luts / 2);
  CHECK(large_memories(synthesis) >= 2);
  REQUIRE(synthesis.system);
  REQUIRE(synthesis.modules.size() == 1);
  // The rest are registers of memories.
  CHECK(synthesis.modules[0].cells + synthesis.system->cells <= synthesis.total.cells);
  CHECK(synthesis.system->fpga->luts + synthesis.modules[0].fpga->luts >= 0.9 * static_cast<double>(cells.luts));
  CHECK(cells.block_rams >= expected.block_rams_each * large_memories(synthesis));
}

}  // namespace

TEST_CASE("an int16 product is one hard multiplier and weights are block memory on xc7") {
  if (test::without_yosys()) return;
  check(scale_i16(), {"xc7", 1, 140, 0.5});
}

TEST_SUITE("slow") {
  TEST_CASE("float32 and int16 designs infer multipliers and memories on every family") {
    if (test::without_yosys()) return;
    check(gemm_f32(), {"xc7", 2, 1000, 0.5});
    check(conv_f32(), {"xc7", 2, 1100, 0.5});
    check(gemm_f32(), {"ecp5", 4, 2200, 1});
    check(conv_f32(), {"ecp5", 4, 2400, 1});
    check(scale_i16(), {"ecp5", 1, 300, 1});
    check(scale_i16(), {"ice40", 1, 200, 1});
  }
}
