#include "frontend/loops/integer_ranges.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/kernel/interpreter.hpp"
#include "frontend/loops/rotation.hpp"
#include "frontend/loops/unroll.hpp"
#include "tests/frontend/loops/random_cases.hpp"
#include "tests/frontend/loops/random_kernel.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// The kernel with 64 bits of the value stored in every iteration.
Kernel observed(Kernel kernel, std::size_t nest, OpId value) {
  Nest& in = kernel.nests[nest];
  const ScalarType wide =
      in.op(value).type.is_signed() ? ScalarType::signed_integer(64) : ScalarType::unsigned_integer(64);
  const auto trips = trip_counts(kernel, in);
  const ArrayId array = add_array(kernel, {"observed", wide, trips, ArrayRole::output, "observed", nullptr});
  std::vector<AffineExpr> index;
  for (std::size_t i = 0; i < trips.size(); ++i) index.push_back(AffineExpr::iterator(i));
  in.body.push_back({.code = Opcode::convert, .type = wide, .operands = {value}});
  in.body.push_back(
      {.code = Opcode::store, .type = wide, .operands = {OpId(in.body.size() - 1)}, .array = array, .index = index});
  return kernel;
}

/// Runs on random bits and checks that the value stays in its range.
void check_range(const Kernel& kernel, std::size_t nest, OpId value, const IntegerRange& range, std::uint32_t seed) {
  const Kernel run = observed(kernel, nest, value);
  ArrayContents contents = initial_contents(run);
  Random random(seed);
  for (std::size_t a = 0; a < contents.size(); ++a) {
    if (run.arrays[a].role != ArrayRole::input) continue;
    const std::uint64_t all = low_bits(run.arrays[a].type.width());
    for (auto& bits : contents[a]) bits = random_int(0, 2, random) > 0 ? random() & all : (all >> 1) + (random() & 1);
  }
  if (!execute(run, contents).empty()) return;  // not defined in every iteration
  const ScalarType wide = run.arrays.back().type;
  for (const auto bits : contents.back()) {
    const WideInteger seen = wide.is_signed() ? WideInteger{to_int64(wide, bits)} : WideInteger{bits};
    CHECK(seen >= range.low);
    CHECK(seen <= range.high);
  }
}

}  // namespace

TEST_CASE("values of random kernels stay in their ranges") {
  int narrower = 0;
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    CAPTURE(seed);
    const Kernel kernel = random_kernel(seed, 30);
    for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
      const auto ranges = integer_ranges(kernel, kernel.nests[n]);
      for (const auto id : id_range<OpId>(kernel.nests[n].body.size())) {
        const Op& op = kernel.nests[n].op(id);
        if (!op.type.is_integer() || op.code == Opcode::store || op.code == Opcode::delay) continue;
        CAPTURE(id.index());
        CHECK(range_of(op.type).contains(ranges[id.index()]));
        if (ranges[id.index()] == range_of(op.type)) continue;
        ++narrower;
        check_range(kernel, n, id, ranges[id.index()], seed);
      }
    }
  }
  CHECK(narrower > 500);
}

TEST_CASE("a sum over K terms needs log2 K bits more than its terms, rotated or not") {
  const ScalarType byte = ScalarType::signed_integer(8);
  const ScalarType wide = ScalarType::signed_integer(32);
  for (const std::int64_t k : {2, 3, 16, 40}) {
    for (const std::int64_t rotation : {1, 3}) {
      CAPTURE(k);
      Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
      const ArrayId x = add_array(kernel, {"x", byte, {6, k}, ArrayRole::input, "x", nullptr});
      const ArrayId y = add_array(kernel, {"y", wide, {6}, ArrayRole::output, "y", nullptr});
      NestBuilder nest(kernel, "n");
      const AffineExpr i = nest.loop("i", 6);
      const AffineExpr j = nest.loop("j", k);
      const Value term = nest.load(x, {i, j});
      const Value before = nest.delay(wide, 1);
      const Value start = nest.select(nest.guard({is_zero(j)}), nest.integer(wide, 0), before);
      const Value sum = nest.add(start, nest.multiply(term, term, wide), wide);
      nest.close(before, sum);
      nest.store(y, {i}, sum, nest.guard({is_zero(j - (k - 1))}));
      if (rotation > 1) REQUIRE(rotate_accumulations(kernel, 0, {rotation, false}));
      const auto& body = kernel.nests[0].body;
      const auto ranges = integer_ranges(kernel, kernel.nests[0]);
      const auto delay = std::ranges::find(body, Opcode::delay, &Op::code);
      REQUIRE(delay != body.end());
      const IntegerRange range = ranges[delay->operands[0].index()];
      CHECK(range.low >= -128 * 127 * k);
      CHECK(range.high == 128 * 128 * k);
      CHECK(ranges[static_cast<std::size_t>(delay - body.begin())] == range);
    }
  }
}

TEST_CASE("a chain that can run past a start is not counted by the loop's trip") {
  const ScalarType byte = ScalarType::unsigned_integer(8);
  const ScalarType wide = ScalarType::signed_integer(32);
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const ArrayId x = add_array(kernel, {"x", byte, {4, 3}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", wide, {4, 3}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  const AffineExpr i = nest.loop("i", 4);
  const AffineExpr j = nest.loop("j", 3);
  const Value before = nest.delay(wide, 2);
  const Value sum =
      nest.add(nest.select(nest.guard({is_zero(j)}), nest.integer(wide, 0), before), nest.load(x, {i, j}));
  nest.close(before, sum);
  nest.store(y, {i, j}, sum, nest.guard({is_nonnegative(i - 1)}));
  ArrayContents contents = initial_contents(kernel);
  std::ranges::fill(contents[0], 255);
  REQUIRE(to_string(execute(kernel, contents)) == "");
  CHECK(std::ranges::max(contents[1]) == 3 * 255);  // iterations 0, 2 and 4, of which only the first begins a row
  CHECK(integer_ranges(kernel, kernel.nests[0])[sum.index()].high >= 3 * 255);
}

TEST_CASE("sums stay in their ranges when loops are unrolled and rotated") {
  Random random(3);
  int checked = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    OpRun run = run_op(random_product(ElementType::int32, random));
    Kernel& kernel = *run.kernel;
    for (auto& array : kernel.arrays) {
      if (array.role == ArrayRole::input) array.type = ScalarType::signed_integer(6);
    }
    for (auto& op : kernel.nests[0].body) {
      if (op.code == Opcode::load && kernel.array(op.array).role == ArrayRole::input)
        op.type = ScalarType::signed_integer(6);
    }
    const auto loops = static_cast<int>(kernel.nests[0].loops.size());
    const auto loop = static_cast<std::size_t>(random_int(0, loops - 1, random));
    if (random_int(0, 1, random) == 1 && can_unroll(kernel, kernel.nests[0], loop))
      unroll(kernel, 0, loop, random_int(2, 4, random));
    if (random_int(0, 1, random) == 1) rotate_accumulations(kernel, 0, {random_int(2, 9, random), true});
    const auto ranges = integer_ranges(kernel, kernel.nests[0]);
    const auto& body = kernel.nests[0].body;
    for (const auto id : id_range<OpId>(body.size())) {
      if (body[id.index()].code != Opcode::add || !body[id.index()].type.is_integer()) continue;
      if (ranges[id.index()] == range_of(body[id.index()].type)) continue;
      ++checked;
      check_range(kernel, 0, id, ranges[id.index()], seed);
    }
  }
  CHECK(checked > 60);
}
