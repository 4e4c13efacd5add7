#include "frontend/loops/reuse_loads.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "frontend/loops/clean_up.hpp"
#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/rotation.hpp"
#include "frontend/loops/unroll.hpp"
#include "tests/frontend/loops/random_cases.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

std::size_t count(const Nest& nest, Opcode code) {
  return static_cast<std::size_t>(std::ranges::count(nest.body, code, &Op::code));
}

/// y[r][i] = sum over k of x[r][i + k - pad] * (k + 1), with zeros outside.
Kernel filter(std::int64_t taps, std::int64_t pad, std::int64_t width) {
  const ScalarType type = ScalarType::signed_integer(16);
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {{"t", 2}}, .nests = {}};
  const std::int64_t outputs = width + 2 * pad - taps + 1;
  const ArrayId x = add_array(kernel, {"x", type, {2, 3, width}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", type, {2, 3, outputs}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  const AffineExpr row = nest.loop("r", 3);
  const AffineExpr i = nest.loop("i", outputs);
  Value sum = nest.integer(type, 0);
  for (std::int64_t k = 0; k < taps; ++k) {
    const AffineExpr column = i + (k - pad);
    const Value inside = nest.guard(in_range(column, width));
    const Value value = nest.select(inside, nest.load(x, {nest.token(0), row, column}, inside), nest.integer(type, 0));
    sum = nest.add(sum, nest.multiply(value, nest.integer(type, k + 1)));
  }
  nest.store(y, {nest.token(0), row, i}, sum);
  return kernel;
}

}  // namespace

TEST_CASE("taps of a window become delays, for all paddings") {
  for (const bool keep : {false, true}) {
    for (std::int64_t taps = 1; taps <= 5; ++taps) {
      for (std::int64_t pad = 0; pad < taps; ++pad) {
        CAPTURE(taps);
        CAPTURE(pad);
        const Kernel before = filter(taps, pad, 7);
        REQUIRE(to_string(verify(before)) == "");
        Kernel kernel = before;
        const auto stats = reuse_loads(kernel, kernel.nests[0], {.keep_first_loads = keep});
        REQUIRE(to_string(verify(kernel)) == "");
        CHECK(to_string(compare_runs(before, kernel)) == "");
        CHECK(count(kernel.nests[0], Opcode::load) + stats.gone == static_cast<std::size_t>(taps));
        // The first output needs taps - pad elements at once; what comes before is outside.
        const auto gone = static_cast<std::size_t>(pad);
        CHECK(stats.gone == gone);
        CHECK(stats.guarded == (keep ? static_cast<std::size_t>(taps) - gone - 1 : 0));
      }
    }
  }
}

TEST_CASE("loads of unrolled and rotated kernels keep every bit") {
  Random random(41);
  std::size_t gone = 0;
  std::size_t guarded = 0;
  for (int seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    OpRun run = run_op(random_convolution(ElementType::float32, random));
    Kernel& kernel = *run.kernel;
    for (int times = 0; times < 3; ++times) {
      const auto loops = static_cast<int>(kernel.nests[0].loops.size());
      if (loops == 0) break;
      const auto loop = static_cast<std::size_t>(random_int(0, loops - 1, random));
      if (can_unroll(kernel, kernel.nests[0], loop)) unroll(kernel, 0, loop, random_int(2, 4, random));
    }
    if (random_int(0, 3, random) > 0) rotate_accumulations(kernel, 0, {random_int(2, 9, random), true});
    remove_common_subexpressions(kernel.nests[0]);
    const Kernel before = kernel;
    const std::size_t loads = count(kernel.nests[0], Opcode::load);
    const auto stats = reuse_loads(kernel, kernel.nests[0], {.keep_first_loads = random_int(0, 1, random) == 1});
    gone += stats.gone;
    guarded += stats.guarded;
    CHECK(count(kernel.nests[0], Opcode::load) + stats.gone == loads);
    const Diagnostics errors = verify(kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(kernel));
    REQUIRE_MESSAGE(compare_runs(before, kernel).empty(), to_string(before), to_string(kernel));
  }
  CHECK(gone >= 5);
  CHECK(guarded > 40);
}

TEST_CASE("what the nest stores to is not kept") {
  Kernel kernel = filter(3, 2, 7);
  kernel.arrays[0].role = ArrayRole::scratch;
  kernel.arrays[0].tensor.clear();
  auto& body = kernel.nests[0].body;
  const auto store = *std::ranges::find(body, Opcode::store, &Op::code);
  const auto load = *std::ranges::find(body, Opcode::load, &Op::code);
  body.push_back({.code = Opcode::store,
                  .type = store.type,
                  .operands = {store.operands[0], load.operands[0]},
                  .array = load.array,
                  .index = load.index});
  REQUIRE(to_string(verify(kernel)) == "");
  CHECK(reuse_loads(kernel, kernel.nests[0]).gone == 0);
}
