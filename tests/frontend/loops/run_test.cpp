#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/loop_pass.hpp"
#include "frontend/loops/rebalance.hpp"
#include "tests/frontend/loops/random_kernel.hpp"

using namespace sluice;
using namespace sluice::test;

TEST_CASE("loop passes keep every bit of random kernels") {
  std::map<std::string_view, std::size_t> changes;
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    CAPTURE(seed);
    Kernel kernel = random_kernel(seed, 40);
    REQUIRE(to_string(verify(kernel)) == "");
    std::vector<PassStats> stats;
    const auto errors = run_loop_passes(kernel, {.check = true}, &stats);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(random_kernel(seed, 40)), to_string(kernel));
    for (const auto& pass : stats) changes[pass.name] += pass.changes;
  }
  for (const auto& pass : loop_pass_list()) {
    CAPTURE(pass.name);
    CHECK(changes[pass.name] >= 100);
  }
}

TEST_CASE("a comparison of runs sees one other bit") {
  int seen = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const Kernel kernel = random_kernel(seed, 10);
    Kernel other = kernel;
    auto& body = other.nests[0].body;
    const auto store = std::ranges::find(body, Opcode::store, &Op::code);
    const ScalarType type = store->type;
    if (type.is_float()) continue;
    // The stored value, its lowest bit flipped, is computed just before the store.
    const auto place = static_cast<std::size_t>(store - body.begin());
    const OpId value = store->operands[0];
    store->operands[0] = OpId(place + 1);
    body.insert(body.begin() + static_cast<std::ptrdiff_t>(place),
                {Op{.code = Opcode::constant, .type = type, .literal = 1},
                 Op{.code = Opcode::bit_xor, .type = type, .operands = {value, OpId(place)}}});
    for (std::size_t i = place + 2; i < body.size(); ++i) {
      for (auto& operand : body[i].operands) {
        if (i > place + 2 && operand.index() >= place) operand = OpId(operand.index() + 2);
      }
    }
    REQUIRE(to_string(verify(other)) == "");
    CHECK(compare_runs(kernel, kernel).empty());
    seen += compare_runs(kernel, other).empty() ? 0 : 1;
  }
  CHECK(seen >= 10);
}

TEST_CASE("loop passes can be skipped and watched, and their figures add up") {
  Kernel kernel = random_kernel(3, 40);
  std::size_t calls = 0;
  std::vector<PassStats> stats;
  LoopPassOptions options;
  options.skip = {"fold-operations"};
  options.after = [&](const PassStats& pass, const Kernel&) {
    CHECK(pass.name != "fold-operations");
    ++calls;
  };
  CHECK(to_string(run_loop_passes(kernel, options, &stats)) == "");
  CHECK(calls >= 2);
  const std::size_t names = stats.size();
  CHECK(std::ranges::find(stats, "fold-operations", &PassStats::name) == stats.end());
  const std::size_t before = stats.back().nodes_before;
  CHECK(to_string(run_loop_passes(kernel, options, &stats)) == "");
  CHECK(stats.size() == names);
  CHECK(stats.back().nodes_before > before);
}

TEST_CASE("a kernel that is wrong after a loop pass is reported with the pass") {
  Kernel kernel = random_kernel(4, 10);
  kernel.arrays[0].name = kernel.arrays[1].name;
  const auto errors = run_loop_passes(kernel);
  REQUIRE_FALSE(errors.empty());
  CHECK(errors[0].where.find("after pass remove-unit-loops") == 0);
}

namespace {

/// y = sum of 40 products of floats in order, or of what `first` adds to it.
Kernel sum_of_products(float first) {
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const ScalarType type = ScalarType::floating(kFloat32);
  const ArrayId x = add_array(kernel, {"x", type, {40}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", type, {1}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  Value sum = nest.constant(kFloat32, first);
  for (int i = 0; i < 40; ++i) sum = nest.binary(Opcode::add, sum, nest.load(x, {i}), type);
  nest.store(y, {0}, sum);
  return kernel;
}

/// Its first operand comes last.
std::size_t regroup(Kernel& kernel) {
  return rebalance(kernel.nests[0], [](const Op&) { return 1; });
}

}  // namespace

TEST_CASE("a chosen pass is verified, watched, skipped and compared, with a tolerance where it regroups sums") {
  const LoopPassOptions check{.check = true};
  Kernel kernel = sum_of_products(0.25F);
  std::vector<PassStats> stats;
  CHECK(to_string(run_chosen_pass({"rebalance", regroup, true}, kernel, check, &stats)) == "");
  REQUIRE(stats.size() == 1);
  CHECK(stats[0].name == "rebalance");
  CHECK(stats[0].changes == 1);

  kernel = sum_of_products(0.25F);
  const auto exact = run_chosen_pass({"rebalance", regroup, false}, kernel, check);
  REQUIRE(exact.size() == 1);
  CHECK(exact[0].where.find("after pass rebalance: k, tensor y") == 0);

  const auto wrong = [](Kernel& k) {
    k = sum_of_products(0.75F);
    return std::size_t{1};
  };
  kernel = sum_of_products(0.25F);
  CHECK(!run_chosen_pass({"rebalance", wrong, true}, kernel, check).empty());
  kernel = sum_of_products(0.25F);
  CHECK(run_chosen_pass({"rebalance", wrong, true}, kernel, {.skip = {"rebalance"}, .check = true}).empty());
  CHECK(to_string(kernel) == to_string(sum_of_products(0.25F)));
}

TEST_SUITE("slow") {
  TEST_CASE("loop passes keep every bit of many random kernels of all sizes") {
    for (std::uint32_t seed = 10'000; seed < 30'000; ++seed) {
      CAPTURE(seed);
      const int operations = 5 + static_cast<int>(seed % 60);
      Kernel kernel = random_kernel(seed, operations);
      const auto errors = run_loop_passes(kernel, {.check = true});
      REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(random_kernel(seed, operations)), to_string(kernel));
      // And once more, from what they left.
      REQUIRE(to_string(run_loop_passes(kernel, {.check = true})) == "");
    }
  }
}
