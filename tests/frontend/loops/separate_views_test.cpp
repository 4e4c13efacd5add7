#include "frontend/loops/separate_views.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "frontend/loops/compare_runs.hpp"
#include "tests/frontend/loops/random_cases.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

constexpr ScalarType kWord = ScalarType::signed_integer(32);

Kernel empty() {
  return {.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
}

std::size_t views_of(const Kernel& kernel, const std::string& tensor) {
  return static_cast<std::size_t>(std::ranges::count(kernel.arrays, tensor, &Array::tensor));
}

}  // namespace

TEST_CASE("loads of one input from several places get views of their own, at most four, and results stay") {
  Random random(9);
  for (int seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    Kernel kernel = empty();
    const auto x = add_array(kernel, {"x", kWord, {20}, ArrayRole::input, "x", {}});
    const auto y = add_array(kernel, {"y", kWord, {20}, ArrayRole::output, "y", {}});
    NestBuilder nest(kernel, "n");
    const auto i = nest.loop("i", 10);
    std::set<int> places;
    Value sum = nest.constant(kWord, 0);
    for (int loads = random_int(1, 7, random); loads > 0; --loads) {
      const int place = random_int(0, 8, random);
      places.insert(place);
      sum = nest.add(sum, nest.load(x, {i + place}));
    }
    nest.store(y, {i}, sum);
    nest.store(y, {i + 10}, sum);
    const Kernel before = kernel;
    CHECK(separate_views(kernel) == std::min<std::size_t>(places.size(), 4) - 1);
    CHECK(views_of(kernel, "x") == std::min<std::size_t>(places.size(), 4));
    REQUIRE(to_string(verify(kernel)) == "");
    CHECK(to_string(compare_runs(before, kernel)) == "");
    std::map<ArrayId, std::set<std::string>> read;
    for (const auto& op : kernel.nests[0].body) {
      if (op.code == Opcode::load) read[op.array].insert(to_string(op.index[0], std::vector<std::string>{"i"}));
    }
    CHECK(read.size() == views_of(kernel, "x"));
    for (const auto& [array, indices] : read) CHECK(indices.size() <= (places.size() + 3) / 4);
  }
}

TEST_CASE("loads that never take place together, weights and scratch arrays keep one array") {
  Kernel kernel = empty();
  const auto x = add_array(kernel, {"x", kWord, {20}, ArrayRole::input, "x", {}});
  const auto words = std::make_shared<const std::vector<std::uint64_t>>(20, 1);
  const auto w = add_array(kernel, {"w", kWord, {20}, ArrayRole::weight, "", words});
  const auto y = add_array(kernel, {"y", kWord, {20}, ArrayRole::output, "y", {}});
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 20);
  const auto low = nest.guard({is_nonnegative(AffineExpr(9) - i)});
  const auto high = nest.guard({is_nonnegative(i - 10)});
  const auto chosen = nest.select(low, nest.load(x, {i + 10}, low), nest.load(x, {i - 10}, high));
  nest.store(y, {i}, nest.add(chosen, nest.add(nest.load(w, {i}), nest.load(w, {AffineExpr(19) - i}))));
  REQUIRE(to_string(verify(kernel)) == "");
  CHECK(separate_views(kernel) == 0);
}

TEST_CASE("operators that read a tensor once have one view of it") {
  Random random(4);
  for (int seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    Kernel kernel = *run_op(random_case(ElementType::int32, random)).kernel;
    CHECK(separate_views(kernel) == 0);
  }
}
