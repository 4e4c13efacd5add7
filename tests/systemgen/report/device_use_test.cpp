#include "systemgen/report/device_use.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

Device part() { return {"P", 10, 100, 200, 4, {{16384, 1}, {2048, 9}, {512, 36}}, 0.5, 32}; }

MemoryFacts memory(std::int64_t banks, std::int64_t words, int bits) {
  MemoryFacts facts;
  facts.banks = banks;
  facts.words = words;
  facts.word_bits = facts.memory_word_bits = bits;
  facts.memories = banks;
  return facts;
}

}  // namespace

TEST_CASE("a memory takes the shape of a block that needs fewest") {
  const auto device = part();
  CHECK(block_rams(device, 512, 32) == 1);
  CHECK(block_rams(device, 513, 32) == 2);
  CHECK(block_rams(device, 2048, 8) == 1);
  CHECK(block_rams(device, 2048, 32) == 4);
  CHECK(block_rams(device, 16384, 1) == 1);
  CHECK(block_rams(device, 20000, 10) == 20);
}

TEST_CASE("units, multiplexers, registers and memories are added up") {
  BindingStats binding;
  binding.units = {{"fp_mul", {2, 4, 2, 40, 80, 6}}, {"fp_add", {1, 1, 1, 20, 20, 0}}};
  binding.register_bits = 70;
  binding.at_units.bits = 11;
  binding.at_registers.bits = 4;
  binding.at_memories.bits = 5;
  const std::vector<BindingStats> bindings{binding, binding};
  const auto use = device_use(part(), bindings, {memory(3, 512, 32), memory(2, 33, 1)});
  CHECK(to_string(use) ==
        "multipliers 12 of 10 (120%), LUTs 144 of 100 (144%), registers 140 of 200 (70%), block RAMs 3 of 4 (75%)");
  CHECK(!fits(use));
  // In blocks are what is more than 64 words deep and has more than 1,024 bits, with what lies beside it.
  const auto blocks = [&](MemoryFacts facts) { return device_use(part(), {}, {facts}).back().used; };
  MemoryFacts beside = memory(1, 65, 8);
  CHECK(blocks(beside) == 0);
  beside.memory_word_bits = 16;
  CHECK(blocks(beside) == 1);
  CHECK(blocks(memory(1, 64, 32)) == 0);
  MemoryFacts words = memory(3, 1, 32);
  words.memories = 0;
  CHECK(device_use(part(), {}, {words})[2].used == 96);
  CHECK(fits({{"LUTs", 100, 100}, {"multipliers", 0, 0}}));
  CHECK(!fits({{"LUTs", 101, 100}}));
  CHECK(!fits({{"multipliers", 1, 0}}));
}
