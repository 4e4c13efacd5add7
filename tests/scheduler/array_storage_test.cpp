#include "scheduler/array_storage.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

Kernel empty() {
  return {.name = "k", .operation = "", .onnx_nodes = {}, .arrays = {}, .token_loops = {}, .nests = {}};
}

ArrayId scratch(Kernel& kernel, std::int64_t words) {
  return add_array(kernel, {fmt::format("s{}", kernel.arrays.size()), kByte, {words}, ArrayRole::scratch, "", {}});
}

}  // namespace

TEST_CASE("scratch arrays are registers up to the words that the target says, unless they are looked up") {
  for (const auto& name : Target::names()) {
    CAPTURE(name);
    const auto target = Target::load(name);
    REQUIRE(target.has_value());
    Kernel kernel = empty();
    CHECK(storage_of(kernel, scratch(kernel, 1), *target) == ArrayStorage::word);
    CHECK(storage_of(kernel, scratch(kernel, 2), *target) == ArrayStorage::registers);
    CHECK(storage_of(kernel, scratch(kernel, target->register_words()), *target) == ArrayStorage::registers);
    CHECK(storage_of(kernel, scratch(kernel, target->register_words() + 1), *target) == ArrayStorage::memory);
    const auto outside = add_array(kernel, {"x", kByte, {1}, ArrayRole::input, "x", {}});
    CHECK(storage_of(kernel, outside, *target) == ArrayStorage::memory);
    const auto table = scratch(kernel, 2);
    NestBuilder nest(kernel, "n");
    nest.store(scratch(kernel, 1), {0}, nest.lookup(table, nest.load(outside, {0})));
    CHECK(storage_of(kernel, table, *target) == ArrayStorage::memory);
  }
}

TEST_CASE("an input that is looked up by data leaves time for the place of its frame in a buffer of several") {
  for (const auto& name : Target::names()) {
    CAPTURE(name);
    const auto target = Target::load(name);
    REQUIRE(target.has_value());
    Kernel kernel = empty();
    const auto loaded = add_array(kernel, {"x", kByte, {100}, ArrayRole::input, "x", {}});
    const auto looked_up = add_array(kernel, {"z", kByte, {100}, ArrayRole::input, "z", {}});
    NestBuilder nest(kernel, "n");
    nest.store(scratch(kernel, 1), {0}, nest.lookup(looked_up, nest.load(loaded, {0})));
    CHECK(PortTimings(kernel, *target).read(looked_up).in_ps > PortTimings(kernel, *target).read(loaded).in_ps);
    CHECK(PortTimings(kernel, *target).write(looked_up).in_ps == PortTimings(kernel, *target).write(loaded).in_ps);
  }
}

TEST_CASE("only a word that the nest does not write is fixed in it") {
  Kernel kernel = empty();
  const auto words = std::make_shared<const std::vector<std::uint64_t>>(1, 3);
  const auto weight = add_array(kernel, {"w", kByte, {1}, ArrayRole::weight, "", words});
  const auto word = scratch(kernel, 1);
  const auto two = scratch(kernel, 2);
  NestBuilder first(kernel, "writes");
  first.store(word, {0}, first.add(first.load(weight, {0}), first.load(word, {0})));
  NestBuilder second(kernel, "reads");
  second.store(two, {0}, second.add(second.load(word, {0}), second.load(two, {0})));
  const auto is_fixed_load = [&](std::size_t nest, ArrayId array) {
    const auto& body = kernel.nests[nest].body;
    const auto load =
        std::ranges::find_if(body, [&](const Op& op) { return op.code == Opcode::load && op.array == array; });
    return is_fixed(kernel, kernel.nests[nest], *load);
  };
  CHECK(is_fixed_load(0, weight));
  CHECK(!is_fixed_load(0, word));
  CHECK(is_fixed_load(1, word));
  CHECK(!is_fixed_load(1, two));
}

TEST_CASE("registers are read in the cycle of the address, a word for nothing") {
  const auto target = Target::load("generic");
  REQUIRE(target.has_value());
  Kernel kernel = empty();
  const auto word = scratch(kernel, 1);
  const auto few = scratch(kernel, 4);
  const auto many = scratch(kernel, 40);
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 3);
  for (const auto array : {word, few, many}) {
    const AffineExpr at = array == word ? AffineExpr(0) : i;
    nest.store(array, {at}, nest.add(nest.load(array, {at}), nest.load(array, {array == word ? 0 : i + 1})));
  }
  const auto read = PortTimings(kernel, *target).read(word);
  CHECK(read.latency == 0);
  CHECK(read.limit == 0);
  CHECK(read.in_ps == 0);
  CHECK(PortTimings(kernel, *target).write(word).latency == 1);
  CHECK(PortTimings(kernel, *target).write(word).limit == 1);
  const auto addressed = PortTimings(kernel, *target).read(few);
  CHECK(addressed.latency == 0);
  CHECK(addressed.limit == 1);
  CHECK(addressed.in_ps == target->multiplexer_ps(2) + target->multiplexer_ps(4));
  const auto memory = PortTimings(kernel, *target).read(many);
  CHECK(memory.latency == 1);
  CHECK(memory.in_ps == target->multiplexer_ps(2) + target->memory_setup_ps());
  CHECK(memory.out_ps == target->memory_read_ps());
}
