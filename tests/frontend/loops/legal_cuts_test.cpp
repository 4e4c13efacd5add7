#include "frontend/loops/legal_cuts.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kByte = ScalarType::unsigned_integer(8);

/// For each of three rows of four: nest "make" stores x into scratch array s, as `store` does; "double" stores the
/// double of what is in s to another scratch array d, in which `extra` may do something more; "result" stores d to y.
struct ThreeNests {
  Kernel kernel;
  ArrayId x, s, d, y;

  template <typename Store, typename Extra>
  ThreeNests(const Store& store, const Extra& extra) {
    kernel.name = "k";
    kernel.token_loops.push_back({"t", 3});
    x = add_array(kernel, {"x", kByte, {3, 4}, ArrayRole::input, "x", nullptr});
    s = add_array(kernel, {"s", kByte, {4}, ArrayRole::scratch, "", nullptr});
    d = add_array(kernel, {"d", kByte, {4}, ArrayRole::scratch, "", nullptr});
    y = add_array(kernel, {"y", kByte, {3, 4}, ArrayRole::output, "y", nullptr});
    {
      NestBuilder nest(kernel, "make");
      const auto i = nest.loop("i", 4);
      store(*this, nest, i, nest.load(x, {nest.token(0), i}));
    }
    {
      NestBuilder nest(kernel, "double");
      const auto i = nest.loop("i", 4);
      const Value value = nest.load(s, {i});
      nest.store(d, {i}, nest.add(value, value));
      extra(*this, nest, i);
    }
    NestBuilder nest(kernel, "result");
    const auto i = nest.loop("i", 4);
    nest.store(y, {nest.token(0), i}, nest.load(d, {i}));
    REQUIRE(to_string(verify(kernel)) == "");
  }
};

using Cuts = std::vector<std::size_t>;

const auto nothing = [](ThreeNests&, NestBuilder&, const AffineExpr&) {};
const auto all = [](ThreeNests& k, NestBuilder& nest, const AffineExpr& i, Value value) {
  nest.store(k.s, {i}, value);
};

template <typename Store>
Cuts cuts_with_store(const Store& store) {
  return legal_cuts(ThreeNests(store, nothing).kernel);
}

template <typename Extra>
Cuts cuts_with(const Extra& extra) {
  return legal_cuts(ThreeNests(all, extra).kernel);
}

}  // namespace

TEST_CASE("nests that store whole scratch arrays once can be cut from those that load them") {
  CHECK(cuts_with_store(all) == Cuts{1, 2});
  CHECK(cuts_with_store([](ThreeNests& k, NestBuilder& nest, const AffineExpr& i, Value value) {
          nest.store(k.s, {AffineExpr(3) - i}, value);
        }) == Cuts{1, 2});
  CHECK(cuts_with_store([](ThreeNests& k, NestBuilder& nest, const AffineExpr& i, Value value) {
          // Two stores, half of the elements each.
          nest.store(k.s, {i}, value, nest.guard({is_nonnegative(i - 2)}));
          nest.store(k.s, {i}, value, nest.guard({is_nonnegative(AffineExpr(1) - i)}));
        }) == Cuts{1, 2});
}

TEST_CASE("a scratch array that a firing may leave in part as it was is not cut off") {
  CHECK(cuts_with_store([](ThreeNests& k, NestBuilder& nest, const AffineExpr& i, Value value) {
          nest.store(k.s, {i}, value, nest.guard({is_nonnegative(i - 1)}));
        }) == Cuts{2});
  CHECK(cuts_with_store([](ThreeNests& k, NestBuilder& nest, const AffineExpr& i, Value value) {
          nest.store(k.s, {i}, value, nest.guard({is_zero(nest.token(0))}));  // in the first row alone
        }) == Cuts{2});
  CHECK(cuts_with_store([](ThreeNests& k, NestBuilder& nest, const AffineExpr& i, Value value) {
          nest.store(k.s, {i}, value, nest.compare(Opcode::less, value, nest.integer(kByte, 9)));
        }) == Cuts{2});
  CHECK(cuts_with_store([](ThreeNests& k, NestBuilder& nest, const AffineExpr&, Value value) {
          nest.store(k.s, {nest.token(0)}, value, {});  // another element in each row
        }) == Cuts{2});
}

TEST_CASE("a scratch array whose elements are stored several times is not cut off") {
  CHECK(cuts_with_store([](ThreeNests& k, NestBuilder& nest, const AffineExpr& i, Value value) {
          nest.store(k.s, {i}, value);
          nest.store(k.s, {0}, value, nest.guard({is_zero(i)}));
        }) == Cuts{2});
  CHECK(cuts_with_store([](ThreeNests& k, NestBuilder& nest, const AffineExpr& i, Value value) {
          nest.loop("again", 2);
          nest.store(k.s, {i}, value);
        }) == Cuts{2});
}

TEST_CASE("a scratch array that is changed later stays with who changes it") {
  CHECK(cuts_with([](ThreeNests& k, NestBuilder& nest, const AffineExpr& i) {
          nest.store(k.s, {i}, nest.load(k.d, {i}));
        }) == Cuts{2});
}

TEST_CASE("a scratch array that is read before it is stored stays with who reads it") {
  ThreeNests k(all, nothing);
  // The first nest adds what the one before the last left there in the row before.
  auto& body = k.kernel.nests[0].body;
  const Op load{.code = Opcode::load, .type = kByte, .array = k.d, .index = {AffineExpr::iterator(1)}};
  const Op sum{.code = Opcode::add, .type = kByte, .operands = {OpId(0), OpId(1)}};
  body.insert(body.begin() + 1, {load, sum});
  body[3].operands[0] = OpId(2);
  REQUIRE(to_string(verify(k.kernel)) == "");
  CHECK(legal_cuts(k.kernel) == Cuts{2});
}

TEST_CASE("an array that is looked up by number stays whole, as does a tensor that several nests make") {
  ThreeNests k(all, nothing);
  Op& load = k.kernel.nests[1].body[0];
  load = {.code = Opcode::lookup, .type = kByte, .operands = {OpId(0)}, .array = k.s};
  auto& body = k.kernel.nests[1].body;
  const Op number{.code = Opcode::affine, .type = kByte, .index = {AffineExpr::iterator(1)}};
  body.insert(body.begin(), number);
  for (std::size_t i = 2; i < body.size(); ++i) {
    for (auto& operand : body[i].operands) operand = OpId(operand.index() + 1);
  }
  REQUIRE(to_string(verify(k.kernel)) == "");
  CHECK(legal_cuts(k.kernel) == Cuts{2});

  CHECK(cuts_with([](ThreeNests& three, NestBuilder& nest, const AffineExpr& i) {
          nest.store(three.y, {nest.token(0), i}, nest.load(three.s, {i}));
        }) == Cuts{1});
}

TEST_CASE("what computes from weights alone stays with somebody who is told when to start") {
  ThreeNests k(all, nothing);
  Array& x = k.kernel.arrays[k.x.index()];
  x.role = ArrayRole::weight;
  x.tensor.clear();
  x.contents = std::make_shared<const std::vector<std::uint64_t>>(12, 1);
  CHECK(legal_cuts(k.kernel) == Cuts{});
  const ArrayId z = add_array(k.kernel, {"z", kByte, {3, 4}, ArrayRole::input, "z", nullptr});
  auto& body = k.kernel.nests[1].body;
  body.insert(
      body.begin(),
      {.code = Opcode::load, .type = kByte, .array = z, .index = {AffineExpr::iterator(0), AffineExpr::iterator(1)}});
  for (std::size_t i = 1; i < body.size(); ++i) {
    for (auto& operand : body[i].operands) operand = OpId(operand.index() + 1);
  }
  REQUIRE(to_string(verify(k.kernel)) == "");
  CHECK(legal_cuts(k.kernel) == Cuts{2});
}
