#include "frontend/loops/rebalance.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>

#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/unroll.hpp"
#include "tests/frontend/loops/random_cases.hpp"
#include "tests/frontend/loops/random_kernel.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

const LatencyOf kLatency = [](const Op& op) -> std::int64_t {
  switch (op.code) {
    case Opcode::load:
      return 1;
    case Opcode::multiply:
      return op.type.is_float() ? 3 : 2;
    case Opcode::add:
      return op.type.is_float() ? 4 : 1;
    case Opcode::divide:
      return 9;
    default:
      return 0;
  }
};

/// When each operation's result is there.
std::vector<std::int64_t> ready_times(const Nest& nest, const LatencyOf& latency) {
  std::vector<std::int64_t> ready(nest.body.size(), 0);
  for (std::size_t i = 0; i < nest.body.size(); ++i) {
    if (nest.body[i].code == Opcode::delay) continue;
    for (const auto operand : nest.body[i].operands) ready[i] = std::max(ready[i], ready[operand.index()]);
    ready[i] += latency(nest.body[i]);
  }
  return ready;
}

std::vector<std::int64_t> store_times(const Nest& nest, const LatencyOf& latency = kLatency) {
  std::vector<std::int64_t> times;
  const auto ready = ready_times(nest, latency);
  for (std::size_t i = 0; i < nest.body.size(); ++i) {
    if (nest.body[i].code == Opcode::store) times.push_back(ready[i]);
  }
  return times;
}

/// The least time in which a tree of any shape can join the leaves, by trying all pairs again and again.
std::int64_t least_time(std::vector<std::int64_t> leaves, std::int64_t latency,
                        std::map<std::vector<std::int64_t>, std::int64_t>& known) {
  if (leaves.size() == 1) return leaves[0];
  std::ranges::sort(leaves);
  if (const auto found = known.find(leaves); found != known.end()) return found->second;
  std::int64_t best = 1'000'000;
  for (std::size_t a = 0; a < leaves.size(); ++a) {
    for (std::size_t b = a + 1; b < leaves.size(); ++b) {
      auto rest = leaves;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(b));
      rest[a] = std::max(leaves[a], leaves[b]) + latency;
      best = std::min(best, least_time(rest, latency, known));
    }
  }
  return known[leaves] = best;
}

}  // namespace

TEST_CASE("rebalancing keeps every bit where nothing is reassociated, and delays no store") {
  std::size_t trees = 0;
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    const Kernel before = random_kernel(seed, 120);
    Kernel kernel = before;
    for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
      trees += rebalance(kernel.nests[n], kLatency, {.reassociate = false});
      const auto was = store_times(before.nests[n]);
      const auto is = store_times(kernel.nests[n]);
      REQUIRE(is.size() == was.size());
      for (std::size_t i = 0; i < is.size(); ++i) CHECK(is[i] <= was[i]);
    }
    REQUIRE(to_string(verify(kernel)) == "");
    CHECK(to_string(compare_runs(before, kernel, {.seed = seed})) == "");
  }
  CHECK(trees > 0);
}

TEST_CASE("a chain becomes the tree of least time") {
  Random random(7);
  const ScalarType word = ScalarType::signed_integer(16);
  const ScalarType byte = ScalarType::unsigned_integer(8);
  const ScalarType half = ScalarType::floating(kFloat16);
  for (int seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    constexpr std::array kCodes{Opcode::add,     Opcode::bit_and, Opcode::bit_or, Opcode::bit_xor,
                                Opcode::minimum, Opcode::maximum, Opcode::add};
    const Opcode code = kCodes[static_cast<std::size_t>(seed) % kCodes.size()];
    const bool is_extreme = code == Opcode::minimum || code == Opcode::maximum;
    const ScalarType type = is_extreme && random_int(0, 1, random) == 1 ? half : word;
    Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
    const ArrayId x = add_array(kernel, {"x", type, {8}, ArrayRole::input, "x", nullptr});
    const ArrayId z = add_array(kernel, {"z", byte, {8}, ArrayRole::input, "z", nullptr});
    const ArrayId y = add_array(kernel, {"y", type, {1}, ArrayRole::output, "y", nullptr});
    NestBuilder nest(kernel, "n");
    const int count = random_int(2, 6, random);
    std::vector<Value> leaves;
    std::vector<std::int64_t> times;
    for (int i = 0; i < count; ++i) {
      const bool narrow = !is_extreme && random_int(0, 2, random) == 0;
      Value leaf = nest.load(narrow ? z : x, {i});
      const int steps = random_int(0, 3, random);
      for (int step = 0; step < steps; ++step) leaf = nest.unary(Opcode::negate, leaf);
      leaves.push_back(leaf);
      times.push_back(1 + 2 * steps);
    }
    Value all = leaves[0];
    for (std::size_t i = 1; i < leaves.size(); ++i) {
      const bool swap = random_int(0, 1, random) == 1;
      all = nest.binary(code, swap ? leaves[i] : all, swap ? all : leaves[i], type);
    }
    nest.store(y, {0}, all);
    REQUIRE(to_string(verify(kernel)) == "");
    const LatencyOf latency = [](const Op& op) -> std::int64_t {
      if (op.code == Opcode::store) return 0;
      return op.code == Opcode::negate ? 2 : 1;
    };
    const Kernel before = kernel;
    rebalance(kernel.nests[0], latency);
    std::map<std::vector<std::int64_t>, std::int64_t> known;
    CHECK(store_times(kernel.nests[0], latency)[0] == least_time(times, 1, known));
    CHECK(kernel.nests[0].body.size() == before.nests[0].body.size());
    CHECK(to_string(compare_runs(before, kernel, {.runs = 4})) == "");
    CHECK(rebalance(kernel.nests[0], latency) == 0);
  }
}

TEST_CASE("the fold of an unrolled sum stays the last step") {
  Random random(8);
  const OpCase test = whole_numbers({.op = "MatMul",
                                     .attributes = {},
                                     .operands = {random_tensor(ElementType::float32, {3, 24}, random, -9, 9),
                                                  random_tensor(ElementType::float32, {24, 5}, random, -9, 9)},
                                     .constant = {},
                                     .epilogues = {}});
  OpRun run = run_op(test);
  Nest& nest = run.kernel->nests[0];
  unroll(*run.kernel, 0, nest.loops.size() - 1, 6);
  // As a chain: the tree that there is, undone.
  const Kernel before = *run.kernel;
  const auto fold_of = [](const Nest& in) { return std::ranges::find(in.body, Opcode::delay, &Op::code)->operands[0]; };
  const LatencyOf slow_first = [](const Op& op) -> std::int64_t { return op.code == Opcode::load ? 9 : 1; };
  rebalance(nest, slow_first);
  CHECK(nest.op(nest.op(fold_of(nest)).operands[0]).code == Opcode::select);
  CHECK(to_string(compare_runs(before, *run.kernel, {.tolerance = 1e-5})) == "");
  execute_kernel(test, run);
  check_equal(run);
}

TEST_CASE("a running sum enters the tree where its end is sooner, and goes through no more steps than it may") {
  Random random(9);
  int shorter = 0;
  for (int seed = 0; seed < 60; ++seed) {
    const std::int64_t lanes = random_int(2, 9, random);
    const std::int64_t steps = random_int(1, 3, random);
    CAPTURE(lanes);
    CAPTURE(steps);
    const OpCase test = whole_numbers({.op = "MatMul",
                                       .attributes = {},
                                       .operands = {random_tensor(ElementType::float32, {2, 16}, random, -9, 9),
                                                    random_tensor(ElementType::float32, {16, 3}, random, -9, 9)},
                                       .constant = {},
                                       .epilogues = {}});
    OpRun run = run_op(test);
    Nest& nest = run.kernel->nests[0];
    unroll(*run.kernel, 0, nest.loops.size() - 1, lanes);
    rebalance(nest, kLatency);
    const Kernel before = *run.kernel;
    rebalance(nest, kLatency, {.running_steps = steps});
    CHECK(store_times(nest)[0] <= store_times(before.nests[0])[0]);
    shorter += store_times(nest)[0] < store_times(before.nests[0])[0] ? 1 : 0;
    const auto running = std::ranges::find(nest.body, Opcode::delay, &Op::code);
    const OpId fold = running->operands[0];
    // Only what the running sum goes through takes time.
    const auto steps_taken = [&] {
      std::vector<std::int64_t> taken(nest.body.size(), -1);
      taken[static_cast<std::size_t>(running - nest.body.begin())] = 0;
      for (std::size_t i = 0; i < nest.body.size(); ++i) {
        if (nest.body[i].code == Opcode::delay) continue;
        for (const auto operand : nest.body[i].operands) taken[i] = std::max(taken[i], taken[operand.index()]);
        if (taken[i] >= 0 && nest.body[i].code == Opcode::add) ++taken[i];
      }
      return taken[fold.index()];
    }();
    CHECK(steps_taken >= 1);
    CHECK(steps_taken <= steps);
    CHECK(to_string(compare_runs(before, *run.kernel, {.tolerance = 1e-5})) == "");
    execute_kernel(test, run);
    check_equal(run);
  }
  CHECK(shorter > 0);
}

TEST_CASE("rebalancing takes time that grows with the body") {
  const ScalarType type = ScalarType::signed_integer(16);
  Kernel kernel{.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
  const ArrayId x = add_array(kernel, {"x", type, {8}, ArrayRole::input, "x", nullptr});
  const ArrayId y = add_array(kernel, {"y", type, {1}, ArrayRole::output, "y", nullptr});
  NestBuilder nest(kernel, "n");
  Value sum = nest.load(x, {0});
  for (int i = 0; i < 5000; ++i) sum = nest.add(sum, nest.load(x, {i % 8}));
  nest.store(y, {0}, sum);
  CHECK(rebalance(kernel.nests[0], kLatency) == 1);
  CHECK(store_times(kernel.nests[0])[0] == 1 + 13);
}
