#include "frontend/loops/narrow_integers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "core/dfg/unit_spec.hpp"
#include "frontend/loops/clean_up.hpp"
#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/rotation.hpp"
#include "frontend/loops/unroll.hpp"
#include "tests/frontend/loops/random_cases.hpp"
#include "tests/frontend/loops/random_kernel.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

/// The sum over j of x[i][j] * w[j], of bytes in 32 bits.
Kernel dot_product(std::int64_t terms) {
  const ScalarType wide = ScalarType::signed_integer(32);
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  std::vector<std::uint64_t> weights(static_cast<std::size_t>(terms), 5);
  weights[0] = from_int64(wide, -7);
  const ArrayId x =
      add_array(kernel, {"x", ScalarType::unsigned_integer(8), {6, terms}, ArrayRole::input, "x", nullptr});
  const ArrayId w = add_array(
      kernel, {"w", wide, {terms}, ArrayRole::weight, "", std::make_shared<const std::vector<std::uint64_t>>(weights)});
  const ArrayId y = add_array(kernel, {"y", wide, {6}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  const AffineExpr i = nest.loop("i", 6);
  const AffineExpr j = nest.loop("j", terms);
  const Value before = nest.delay(wide, 1);
  const Value start = nest.select(nest.guard({is_zero(j)}), nest.integer(wide, 1000), before);
  const Value sum = nest.add(start, nest.multiply(nest.convert(nest.load(x, {i, j}), wide), nest.load(w, {j})), wide);
  nest.close(before, sum);
  nest.store(y, {i}, sum, nest.guard({is_zero(j - (terms - 1))}));
  return kernel;
}

std::vector<std::string> units(const Nest& nest) {
  std::vector<std::string> found;
  for (const auto& op : nest.body) {
    if (realization(nest, op) == Realization::unit) found.push_back(to_string(unit_spec(nest, op)));
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

TEST_CASE("narrowing keeps every bit, and products their sharing") {
  std::size_t changes = 0;
  for (std::uint32_t seed = 1000; seed < 1400; ++seed) {
    CAPTURE(seed);
    const Kernel before = random_kernel(seed, 40);
    Kernel kernel = before;
    changes += narrow_integers(kernel);
    const Diagnostics errors = verify(kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(before), to_string(kernel));
    REQUIRE_MESSAGE(compare_runs(before, kernel, {.seed = seed, .runs = 4}).empty(), to_string(before),
                    to_string(kernel));
    std::set<std::string> multipliers[2];
    for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
      for (const auto& unit : units(before.nests[n]))
        if (unit.starts_with("int_mul")) multipliers[0].insert(unit);
      for (const auto& unit : units(kernel.nests[n]))
        if (unit.starts_with("int_mul")) multipliers[1].insert(unit);
    }
    CHECK(multipliers[1].size() <= multipliers[0].size());
  }
  CHECK(changes > 1000);
}

TEST_CASE("a sum of products has the widths that it needs") {
  Kernel kernel = dot_product(40);
  narrow_integers(kernel);
  remove_dead_operations(kernel.nests[0]);
  REQUIRE(to_string(verify(kernel)) == "");
  CHECK(units(kernel.nests[0]) == std::vector<std::string>{"int_add i18 i12 -> i18", "int_mul u8 i4 -> i12"});
  CHECK(compare_runs(dot_product(40), kernel).empty());
  const auto& body = kernel.nests[0].body;
  CHECK(std::ranges::find(body, Opcode::delay, &Op::code)->type.width() == 18);
}

TEST_CASE("the amount of a shift stays unsigned") {
  const ScalarType byte = ScalarType::signed_integer(8);
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const ArrayId x = add_array(kernel, {"x", byte, {5}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", byte, {5}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  const AffineExpr i = nest.loop("i", 5);
  const Value amount = nest.convert(nest.affine(byte, i), ScalarType::unsigned_integer(8));
  nest.store(y, {i}, nest.binary(Opcode::shift_left, nest.load(x, {i}), amount));
  const Kernel before = kernel;
  narrow_integers(kernel);
  REQUIRE(to_string(verify(kernel)) == "");
  CHECK(to_string(compare_runs(before, kernel)) == "");
}

TEST_CASE("what is narrow can be unrolled and rotated, and be narrowed again") {
  Random random(5);
  for (int seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const Kernel before = dot_product(random_int(2, 23, random));
    Kernel kernel = before;
    narrow_integers(kernel);
    const auto loop = static_cast<std::size_t>(random_int(0, 1, random));
    if (can_unroll(kernel, kernel.nests[0], loop)) unroll(kernel, 0, loop, random_int(2, 4, random));
    if (random_int(0, 1, random) == 1) rotate_accumulations(kernel, 0, {random_int(2, 9, random), true});
    const Diagnostics errors = verify(kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(kernel));
    narrow_integers(kernel);
    REQUIRE(to_string(verify(kernel)) == "");
    CHECK(to_string(compare_runs(before, kernel)) == "");
  }
}
