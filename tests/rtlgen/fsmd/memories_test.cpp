#include "rtlgen/fsmd/memories.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "../support/scheduled.hpp"
#include "../support/simulate.hpp"
#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr std::int64_t kLanes = 4;

struct Toy {
  std::int64_t words = 5;                                    ///< of a weight array
  std::vector<std::int64_t> offsets = {0, 0, 0, 0};          ///< of each lane's read
  std::vector<bool> guarded = {false, false, false, false};  ///< the write of each lane's scratch array
};

/// Writes s_l[i] = x[i] ^ w_l[i + offset], then y[i] = s_0[i] ^ s_1[i] ^ ...; the weights are 29 bits wide.
struct Lanes {
  Kernel kernel;
  Fsmd fsmd;
  ActorRtl actor{Module("actor", ""), {}, {}, {}, {}, {}, 1, 1, 0, 0, 0};
};

Lanes build(const Toy& toy) {
  constexpr ScalarType kWord = ScalarType::unsigned_integer(29);
  std::mt19937_64 random(3);
  Lanes lanes;
  auto& kernel = lanes.kernel;
  kernel.name = "lanes";
  kernel.operation = "Toy";
  std::vector<ArrayId> weights, scratch;
  const auto x = add_array(kernel, {"x", kWord, {4}, ArrayRole::input, "x", {}, {}});
  for (std::int64_t lane = 0; lane < kLanes; ++lane) {
    std::vector<std::uint64_t> words(static_cast<std::size_t>(toy.words));
    for (auto& word : words) word = random() & low_bits(kWord.width());
    weights.push_back(add_array(kernel, {fmt::format("w_b{}", lane),
                                         kWord,
                                         {toy.words},
                                         ArrayRole::weight,
                                         "",
                                         std::make_shared<std::vector<std::uint64_t>>(words),
                                         {}}));
    scratch.push_back(add_array(kernel, {fmt::format("s_b{}", lane), kWord, {4}, ArrayRole::scratch, "", {}, {}}));
  }
  const auto y = add_array(kernel, {"y", kWord, {3}, ArrayRole::output, "y", {}, {}});
  {
    NestBuilder nest(kernel, "fill");
    const auto i = nest.loop("i", 4);
    const auto value = nest.load(x, {i});
    const auto guard = nest.guard({is_nonnegative(AffineExpr(2) - i)});
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const AffineExpr at = toy.words == 1 ? AffineExpr(0) : i + AffineExpr(toy.offsets[lane]);
      const auto own = nest.binary(Opcode::bit_xor, value, nest.load(weights[lane], {at}));
      nest.store(scratch[lane], {i}, own, toy.guarded[lane] ? std::optional(guard) : std::nullopt);
    }
  }
  {
    NestBuilder nest(kernel, "join");
    const auto i = nest.loop("i", 3);
    auto sum = nest.load(scratch[0], {i});
    for (std::size_t lane = 1; lane < kLanes; ++lane)
      sum = nest.binary(Opcode::bit_xor, sum, nest.load(scratch[lane], {i}));
    nest.store(y, {i}, sum);
  }
  REQUIRE(to_string(verify(kernel)) == "");
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  const auto nests = test::schedule_kernel(kernel, *target, {20.0, 0, {}}, true);
  lanes.fsmd = build_fsmd(kernel, nests, bind(kernel, nests, *target, {}));
  lanes.actor = generate_actor(kernel, lanes.fsmd, "actor");
  return lanes;
}

std::string shapes(const Lanes& lanes) {
  std::string text;
  for (const auto& memory : memories_of(lanes.kernel, lanes.fsmd))
    text += fmt::format("{}:{}x{} ", memory.name, memory.depth, memory.width);
  return text;
}

void check_simulation(const Lanes& lanes) {
  auto contents = initial_contents(lanes.kernel);
  for (std::size_t i = 0; i < 4; ++i) contents[0][i] = 0x1234567 * (i + 1);
  auto expected = contents;
  REQUIRE(to_string(execute(lanes.kernel, expected)) == "");
  const auto simulated = test::simulate(lanes.kernel, lanes.actor, contents, 2);
  CHECK(simulated.cycles == lanes.actor.frame_cycles);
  CHECK(simulated.contents.back() == expected.back());
  CHECK(test::lint(lanes.actor) == "");
}

}  // namespace

TEST_CASE("arrays that are always accessed alike are one wide memory") {
  const auto lanes = build({});
  CHECK(shapes(lanes) == "w:5x116 s:4x116 ");
  REQUIRE(lanes.actor.memories.size() == 1);
  CHECK(lanes.actor.memories[0].name == "actor_w.mem");
  CHECK(lanes.actor.memory_bits == 5 * 116);
  CHECK(lanes.actor.register_bits >= 4 * 116);
  check_simulation(lanes);
}

TEST_CASE("arrays at different addresses are memories of their own") {
  const auto lanes = build({5, {0, 1, 0, 1}, {false, false, false, false}});
  CHECK(shapes(lanes) == "w:5x58 s:4x116 w_b1:5x58 ");
  CHECK(lanes.actor.memories[0].name != lanes.actor.memories[1].name);
  check_simulation(lanes);
}

TEST_CASE("arrays that are not always written together are memories of their own") {
  const auto lanes = build({5, {0, 0, 0, 0}, {false, true, true, false}});
  CHECK(shapes(lanes) == "w:5x116 s:4x58 s_b1:4x58 ");
  check_simulation(lanes);
}

TEST_CASE("a weight of one word is a constant") {
  const auto lanes = build({1, {}, {false, false, false, false}});
  CHECK(shapes(lanes) == "s:4x116 ");
  CHECK(lanes.actor.memories.empty());
  CHECK(lanes.actor.memory_bits == 0);
  check_simulation(lanes);
}

namespace {

/// Adds up columns of x, and then differences of the sums: sums of `words` columns, which each of `rows` iterations
/// reads and writes, and the largest word of all, in an array of one.
Kernel running_sums(std::int64_t words, std::int64_t rows, std::int64_t shift) {
  constexpr ScalarType kWord = ScalarType::unsigned_integer(23);
  Kernel kernel;
  kernel.name = "sums";
  kernel.operation = "Toy";
  const auto x = add_array(kernel, {"x", kWord, {rows, words}, ArrayRole::input, "x", {}, {}});
  const auto sums = add_array(kernel, {"sums", kWord, {words}, ArrayRole::scratch, "", {}, {}});
  const auto last = add_array(kernel, {"last", kWord, {1}, ArrayRole::scratch, "", {}, {}});
  const auto y = add_array(kernel, {"y", kWord, {words}, ArrayRole::output, "y", {}, {}});
  {
    NestBuilder nest(kernel, "clear");
    const auto i = nest.loop("i", words);
    nest.store(sums, {i}, nest.constant(kWord, 5));
    nest.store(last, {0}, nest.load(x, {0, i}));
  }
  {
    NestBuilder nest(kernel, "add");
    const auto r = nest.loop("r", rows);
    const auto i = nest.loop("i", words);
    const auto term = nest.load(x, {r, i});
    nest.store(sums, {i}, nest.binary(Opcode::add, nest.load(sums, {i}), term, kWord));
    nest.store(last, {0}, nest.binary(Opcode::bit_xor, nest.load(last, {0}), term));
  }
  {
    NestBuilder nest(kernel, "give");
    const auto i = nest.loop("i", words);
    const auto away = nest.guard({is_nonnegative(i - shift)});
    const auto sum = nest.load(sums, {AffineExpr(words - 1) - i});
    const auto before = nest.load(sums, {i - shift}, away);
    const auto chosen = nest.select(away, before, nest.load(last, {0}));
    nest.store(y, {i}, nest.binary(Opcode::bit_xor, nest.binary(Opcode::bit_xor, sum, chosen), nest.load(last, {0})));
  }
  return kernel;
}

}  // namespace

TEST_CASE("small arrays are registers: every size, order of accesses and kind of schedule") {
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  std::mt19937_64 random(5);
  for (const std::int64_t words : {1, 2, 3, 4, 7, 16, 17}) {
    for (const bool pipelined : {false, true}) {
      CAPTURE(words);
      CAPTURE(pipelined);
      const Kernel kernel = running_sums(words, 3, std::min<std::int64_t>(words - 1, 2));
      REQUIRE(to_string(verify(kernel)) == "");
      const auto nests = test::schedule_kernel(kernel, *target, {8.0, 0, {}}, pipelined);
      const Binding binding = bind(kernel, nests, *target, {8.0});
      REQUIRE(to_string(verify(kernel, nests, binding)) == "");
      const Fsmd fsmd = build_fsmd(kernel, nests, binding);
      REQUIRE(to_string(verify(fsmd)) == "");
      CHECK(fsmd.arrays[1].storage == (words == 1    ? ArrayStorage::word
                                       : words <= 16 ? ArrayStorage::registers
                                                     : ArrayStorage::memory));
      CHECK(fsmd.arrays[2].storage == ArrayStorage::word);
      const ActorRtl actor = generate_actor(kernel, fsmd, "actor");
      CHECK(actor.memory_bits == (words > 16 ? words * 23 : 0));
      CHECK(test::lint(actor) == "");
      auto contents = initial_contents(kernel);
      for (auto& word : contents[0]) word = random() & low_bits(23);
      auto expected = contents;
      REQUIRE(to_string(execute(kernel, expected)) == "");
      auto executed = contents;
      CHECK(execute(fsmd, executed) == actor.frame_cycles);
      CHECK(executed.back() == expected.back());
      const auto simulated = test::simulate(kernel, actor, contents, 2);
      CHECK(simulated.cycles == actor.frame_cycles);
      CHECK(simulated.contents.back() == expected.back());
    }
  }
}
