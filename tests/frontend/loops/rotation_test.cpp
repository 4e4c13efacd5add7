#include "frontend/loops/rotation.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/kernel/builder.hpp"
#include "frontend/loops/accumulation.hpp"
#include "tests/frontend/loops/random_cases.hpp"

using namespace sluice;
using namespace sluice::test;

namespace {

std::int64_t shortest_delay(const Nest& nest) {
  std::int64_t shortest = 1'000'000;
  for (const auto& op : nest.body) {
    if (op.code == Opcode::delay) shortest = std::min(shortest, op.distance);
  }
  return shortest;
}

}  // namespace

TEST_CASE("rotation: results stay the same to the last bit when no sum is split") {
  Random random(1);
  int rotations = 0;
  for (int seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    const OpCase test = random_case(ElementType::float32, random);
    OpRun run = run_op(test);
    const auto before = run.actual;
    const std::int64_t least = random_int(2, 9, random);
    const auto rotation = rotate_accumulations(*run.kernel, 0, {least, false});
    if (!rotation) continue;
    ++rotations;
    const Diagnostics errors = verify(*run.kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(*run.kernel));
    CHECK(rotation->lanes == 1);
    CHECK(shortest_delay(run.kernel->nests[0]) == rotation->distance);
    CHECK(rotation->distance >= least);
    CHECK(iteration_count(run.kernel->nests[0]) == rotation->iterations);
    execute_kernel(test, run);
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(run.actual[i] == before[i]);
  }
  CHECK(rotations > 100);
}

TEST_CASE("rotation: split sums of whole numbers are exact") {
  Random random(2);
  int splits = 0;
  for (int seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    const OpCase test = whole_numbers(random_case(seed % 2 == 0 ? ElementType::int32 : ElementType::float32, random));
    OpRun run = run_op(test);
    const auto rotation = rotate_accumulations(*run.kernel, 0, {random_int(2, 40, random), true});
    if (!rotation) continue;
    splits += rotation->lanes > 1 ? 1 : 0;
    const Diagnostics errors = verify(*run.kernel);
    REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(*run.kernel));
    CHECK(iteration_count(run.kernel->nests[0]) == rotation->iterations);
    execute_kernel(test, run);
    check_equal(run);
  }
  CHECK(splits > 160);
}

TEST_CASE("rotation: an epilogue's constants are loaded where the result is stored, beyond the end of a split sum") {
  Random random(4);
  OpCase test{.op = "MatMul",
              .attributes = {},
              .operands = {random_tensor(ElementType::float32, {1, 7}, random),
                           random_tensor(ElementType::float32, {7, 2}, random)},
              .constant = {},
              .epilogues = {}};
  test.epilogues.push_back(
      {"Add", {}, {std::make_shared<const Tensor>(random_tensor(ElementType::float32, {2}, random))}});
  OpRun run = run_op(test);
  const auto rotation = rotate_accumulations(*run.kernel, 0, {8, true});
  REQUIRE(rotation);
  CHECK(rotation->lanes == 4);
  execute_kernel(test, run);
  check_close(run, 1e-5);
}

TEST_CASE("rotation: tiles divide where they can, and few results are in flight") {
  const auto chosen = [](std::vector<std::int64_t> parallel, std::int64_t least) {
    return choose_rotation(parallel, std::vector<std::int64_t>{9}, {least, true}).value();
  };
  CHECK(chosen({16}, 4).tiles == std::vector<std::int64_t>{4});
  CHECK(chosen({16}, 5).tiles == std::vector<std::int64_t>{8});
  CHECK(chosen({7, 3}, 6).distance == 7);
  CHECK(chosen({2, 3}, 6).tiles == std::vector<std::int64_t>{2, 3});
  CHECK(chosen({17}, 6).tiles == std::vector<std::int64_t>{17});  // a prime as a whole ...
  CHECK(chosen({97}, 6).tiles == std::vector<std::int64_t>{7});   // ... or with one iteration in 98 lost
  CHECK(chosen({97}, 6).iterations == 98 * 9);
  CHECK(chosen({3}, 6).lanes == 2);
  CHECK(chosen({3}, 6).iterations == 3 * 10);
  CHECK_FALSE(choose_rotation(std::vector<std::int64_t>{3}, std::vector<std::int64_t>{9}, {6, false}));
}

TEST_CASE("rotation: at least 97 of 100 iterations stay useful where there are results enough") {
  for (std::int64_t a = 1; a <= 40; ++a) {
    for (std::int64_t b = 1; b <= 40; ++b) {
      for (const std::int64_t least : {3, 6, 11}) {
        if (a * b < least) continue;
        const auto rotation = choose_rotation(std::vector{a, b}, std::vector<std::int64_t>{9}, {least, true}).value();
        CHECK(rotation.distance >= least);
        CHECK(static_cast<double>(a * b * 9) / static_cast<double>(rotation.iterations) >= 0.97);
      }
    }
  }
}

TEST_CASE("accumulations: found by form, and nothing else may be carried") {
  Random random(5);
  OpRun run = run_op(random_product(ElementType::float32, random));
  Kernel& kernel = *run.kernel;
  const auto found = find_accumulations(kernel, kernel.nests[0]);
  REQUIRE(found);
  CHECK(found->all.size() == 1);
  auto& body = kernel.nests[0].body;
  SUBCASE("a delay of two iterations") { body[found->all[0].before.index()].distance = 2; }
  SUBCASE("a delay with another reader") {
    body.push_back(
        {.code = Opcode::negate, .type = body[found->all[0].before.index()].type, .operands = {found->all[0].before}});
  }
  SUBCASE("an array that is loaded and stored") {
    const auto store = std::ranges::find(body, Opcode::store, &Op::code);
    const Op load{.code = Opcode::load, .type = store->type, .array = store->array, .index = store->index};
    body.push_back(load);
  }
  SUBCASE("a start that depends on more than zero iterators") {
    auto& guard = body[body[found->all[0].start.index()].operands[0].index()];
    guard.conditions[0].kind = Condition::Kind::nonnegative;
  }
  CHECK_FALSE(find_accumulations(kernel, kernel.nests[0]));
}
