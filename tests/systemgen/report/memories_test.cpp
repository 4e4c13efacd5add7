#include "systemgen/report/memories.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/kernel/builder.hpp"
#include "tests/systemgen/support/banked.hpp"

using namespace sluice;

namespace {

const Banking kRagged{{3, 5}, {{}, {3, 1}}};

/// Three lanes with a weight each, a table that is read twice an iteration, and an array of its own.
Kernel weighted_kernel() {
  Kernel kernel = test::banked_kernel({"b", {"a", "a"}, 2}, kRagged, 1);
  const auto byte = ScalarType::unsigned_integer(8);
  const auto weight = [&](const std::string& name, const Shape& shape) {
    const std::vector<std::uint64_t> words(static_cast<std::size_t>(element_count(shape)), 1);
    return add_array(
        kernel, {name, byte, shape, ArrayRole::weight, "", std::make_shared<const std::vector<std::uint64_t>>(words)});
  };
  const auto table = weight("table_b7", {30});
  const auto own = add_array(kernel, {"own", byte, {20}, ArrayRole::scratch, "", {}});
  const auto few = add_array(kernel, {"few", byte, {7}, ArrayRole::scratch, "", {}});
  const auto one = add_array(kernel, {"one", byte, {1}, ArrayRole::scratch, "", {}});
  weight("unread", {9});
  NestBuilder nest(kernel, "lanes");
  const auto i = nest.loop("i", 10);
  Value sum = nest.add(nest.load(table, {i}), nest.load(table, {i + 20}));
  for (int lane = 0; lane < 3; ++lane) sum = nest.add(sum, nest.load(weight(fmt::format("w_b{}", lane), {10}), {i}));
  nest.store(own, {i}, sum);
  nest.store(one, {0}, sum);
  nest.store(few, {0}, sum);
  NestBuilder again(kernel, "again");
  const auto j = again.loop("j", 10);
  again.store(own, {j + 10}, again.add(again.load(own, {j}), again.add(again.load(one, {0}), again.load(few, {0}))));
  return kernel;
}

std::string said(const MemoryFacts& m) {
  return fmt::format("{} {} {}: {}x{} of {}x{} in {} of {}, {}r{}w, {} accesses, II {}", m.actor, m.name, m.kind,
                     m.banks, m.copies, m.words, m.word_bits, m.memories, m.memory_word_bits, m.read_ports,
                     m.write_ports, m.accesses, m.bounds_ii);
}

}  // namespace

TEST_CASE("every memory of a design is reported, its banks together") {
  const test::ToyGraph toy{{"x"}, {{"a", {"x"}, 1}, {"b", {"a", "a"}, 2}}, {"b"}, 15};
  auto network =
      build_network(test::tensor_graph(toy), {test::banked_kernel(toy.nodes[0], kRagged, 1), weighted_kernel()});
  REQUIRE_MESSAGE(network.has_value(), to_string(network.errors()));
  REQUIRE(to_string(verify(*network)) == "");
  const auto actors = test::built_actors(*network);
  const auto design = test::composed(std::move(*network), actors, "toy_top");
  const auto memories = memories_of(design, actors);
  std::vector<std::string> texts;
  for (const auto& memory : memories) texts.push_back(said(memory));
  CHECK(fmt::format("{}", fmt::join(texts, "\n")) ==
        fmt::format("{}",
                    fmt::join(std::vector<std::string>{"b table_b7 rom: 1x1 of 30x8 in 1 of 8, 1r0w, 2 accesses, II 2",
                                                       "b own ram: 1x1 of 20x8 in 1 of 8, 1r1w, 1 accesses, II 0",
                                                       "b few registers: 1x1 of 7x8 in 1 of 8, 1r1w, 1 accesses, II 0",
                                                       "b one registers: 1x1 of 1x8 in 0 of 8, 0r1w, 1 accesses, II 0",
                                                       "b w rom: 3x1 of 10x8 in 2 of 16, 1r0w, 1 accesses, II 0",
                                                       " x ram: 3x1 of 6x8 in 3 of 8, 1r1w, 1 accesses, II 0",
                                                       " a ram: 3x2 of 6x8 in 6 of 8, 1r1w, 1 accesses, II 0",
                                                       " b ram: 3x1 of 6x8 in 3 of 8, 1r1w, 1 accesses, II 0"},
                              "\n")));
  std::int64_t bits = 0;
  for (const auto& memory : memories) bits += memory.kind == "registers" ? 0 : memory.bits();
  CHECK(bits == design.system.memory_bits + design.actors[0].memory_bits + design.actors[1].memory_bits);
}

TEST_CASE("the table of memories has the largest and the bits of the others") {
  std::vector<MemoryFacts> memories;
  for (int i = 1; i <= 10; ++i) memories.push_back({"", fmt::format("t{}", i), "ram", 2, 1, 100 * i, 8, 1, 1, 1, 0});
  memories[9].bounds_ii = 3;
  const auto table = memory_table(memories);
  const auto first = table.find("t10 ");
  REQUIRE(first != std::string::npos);
  CHECK(first < table.find("t9 "));
  CHECK(table.find("16,000  its ports keep the II at 3") != std::string::npos);
  CHECK(table.find("t2 ") == std::string::npos);
  CHECK(table.find("and 2 smaller ones of 4,800 bits together") != std::string::npos);
}
