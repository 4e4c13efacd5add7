#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kByte = ScalarType::signed_integer(8);
constexpr ScalarType kFloat = ScalarType::floating(kFloat32);

/// y[i] = x[i] + 1, to be spoilt.
Kernel good_kernel() {
  Kernel kernel{.name = "k"};
  const auto x = add_array(kernel, {"x", kByte, {4}, ArrayRole::input, "x", {}});
  const auto y = add_array(kernel, {"y", kByte, {4}, ArrayRole::output, "y", {}});
  NestBuilder nest(kernel, "n");
  const auto i = nest.loop("i", 4);
  const Value loaded = nest.load(x, {i});
  const Value one = nest.integer(kByte, 1);
  nest.store(y, {i}, nest.add(loaded, one));
  return kernel;
}

enum Place : std::size_t { kLoad, kOne, kAdd, kStore };

std::string with(void (*spoil)(Kernel&, std::vector<Op>&)) {
  Kernel kernel = good_kernel();
  spoil(kernel, kernel.nests[0].body);
  return to_string(verify(kernel));
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a right kernel has nothing to say about") {
  CHECK(with([](Kernel&, auto&) {}) == "");
}

TEST_CASE("rules of loops and arrays") {
  CHECK(with([](Kernel& k, auto&) { k.token_loops.push_back({"t", 0}); }) == "k: loop t has 0 iterations\n");
  CHECK(contains(with([](Kernel& k, auto&) {
                   k.nests[0].loops.push_back({"j", -1});
                 }),
                 "k, nest n: loop j has -1 iterations"));
  CHECK(contains(with([](Kernel& k, auto&) { k.arrays[1].name = "x"; }), "k, array x: the name is used twice"));
  CHECK(contains(with([](Kernel& k, auto&) { k.arrays[0].shape = {0}; }), "has no elements or too many"));
  CHECK(contains(with([](Kernel& k, auto&) { k.arrays[0].role = ArrayRole::weight; }),
                 "a weight, and nothing else, has contents"));
  CHECK(contains(with([](Kernel& k, auto&) {
                   k.arrays[0] = {
                       "x", kByte, {4}, ArrayRole::weight, "", std::make_shared<std::vector<std::uint64_t>>(3, 0)};
                 }),
                 "3 contents for 4 elements"));
  CHECK(contains(with([](Kernel& k, auto&) { k.arrays[0].tensor.clear(); }), "stands for a tensor"));
}

TEST_CASE("rules of banks") {
  const auto with_bank = [](const Bank& bank, const Shape& shape = {4}) {
    Kernel kernel = good_kernel();
    kernel.arrays[0].bank = bank;
    kernel.arrays[0].shape = shape;
    return to_string(verify(kernel));
  };
  const Banking halves{{8}, {{2, 4}}};
  CHECK(with_bank({halves, 1}) == "");
  CHECK(contains(with_bank({halves, 2}), "k, array x: bank 2 of 2"));
  CHECK(contains(with_bank({halves, -1}), "bank -1 of 2"));
  CHECK(contains(with_bank({halves, 0}, {5}), "the shape [5] is not that of a bank, [4]"));
  CHECK(contains(with_bank({{{8}, {{2, 0}}}, 0}), "at least one block of one element"));
  CHECK(contains(with_bank({{{2, 4}, {{2, 4}}}, 0}), "for each dimension"));
  CHECK(contains(with([](Kernel& k, auto&) {
                   k.arrays[0].role = ArrayRole::scratch;
                   k.arrays[0].tensor.clear();
                   k.arrays[0].bank = Bank{{{8}, {{2, 4}}}, 0};
                 }),
                 "a bank of a tensor, but neither input nor output"));
}

TEST_CASE("rules of operands") {
  CHECK(contains(with([](Kernel&, auto& body) { body[kAdd].operands[0] = OpId(kAdd); }),
                 "an operand is not an earlier value"));
  CHECK(contains(with([](Kernel&, auto& body) { body[kAdd].operands[0] = OpId(99); }),
                 "an operand is not an earlier value"));
  CHECK(contains(with([](Kernel&, auto& body) { body[kAdd].operands.pop_back(); }), "1 operands, it takes 2 to 2"));
  CHECK(contains(with([](Kernel&, auto& body) { body[kAdd].type = kFloat; }), "it has operands of its own kind"));
  CHECK(contains(with([](Kernel&, auto& body) { body[kOne].literal = 256; }), "the literal is wider than its type"));
  CHECK(contains(with([](Kernel&, auto& body) {
                   body.push_back({.code = Opcode::delay, .type = kByte, .operands = {OpId(0)}, .distance = 0});
                 }),
                 "a distance of 0"));
  CHECK(contains(with([](Kernel&, auto& body) { body.push_back({.code = Opcode::affine, .type = kByte}); }),
                 "it has no expression"));
  CHECK(contains(with([](Kernel&, auto& body) {
                   body.push_back({.code = Opcode::affine, .type = kByte, .index = {AffineExpr::iterator(3)}});
                 }),
                 "an expression uses a loop that is not there"));
}

TEST_CASE("rules of accesses") {
  CHECK(contains(with([](Kernel&, auto& body) { body[kLoad].array = ArrayId(7); }), "the array is not there"));
  CHECK(contains(with([](Kernel& k, auto&) { k.arrays[0].type = kFloat; }), "type i8, array x has f32"));
  CHECK(contains(with([](Kernel&, auto& body) { body[kStore].array = ArrayId(0); }), "x is read only"));
  CHECK(contains(with([](Kernel&, auto& body) { body[kLoad].array = ArrayId(1); }), "y is write only"));
  CHECK(contains(with([](Kernel&, auto& body) { body[kLoad].index.clear(); }), "0 indices into x"));
  CHECK(contains(with([](Kernel&, auto& body) { body[kLoad].index[0] += AffineExpr(1); }),
                 "index 0 = i + 1 of x[4] reaches 1..4"));
  CHECK(contains(with([](Kernel& k, auto& body) {
                   k.arrays[0].shape = {2, 2};
                   body[kLoad].code = Opcode::lookup;
                   body[kLoad].index.clear();
                   body[kLoad].operands = {};
                 }),
                 "operands, it takes 1 to 2"));
}

TEST_CASE("a guard lets an index reach outside") {
  Kernel kernel = good_kernel();
  NestBuilder nest(kernel, "guarded");
  const auto i = nest.loop("i", 6);
  const Value inside = nest.guard({is_nonnegative(AffineExpr(3) - i)});
  nest.load(ArrayId(0), {i}, inside);
  CHECK(to_string(verify(kernel)) == "");
  nest.load(ArrayId(0), {i + AffineExpr(1)}, inside);
  CHECK(contains(to_string(verify(kernel)), "reaches 1..4"));
}

TEST_CASE("all that is wrong is said at once") {
  Kernel kernel = good_kernel();
  kernel.nests[0].body[kOne].literal = 1000;
  kernel.nests[0].body[kStore].array = ArrayId(0);
  kernel.token_loops.push_back({"t", 0});
  CHECK(verify(kernel).size() == 3);
}
