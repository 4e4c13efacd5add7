#include "core/dfg/unit_spec.hpp"

#include <doctest/doctest.h>

#include "core/kernel/builder.hpp"

using namespace sluice;

namespace {

constexpr ScalarType kFloat = ScalarType::floating(kFloat32);
constexpr ScalarType kByte = ScalarType::signed_integer(8);
constexpr ScalarType kUnsigned = ScalarType::unsigned_integer(8);

/// A body with one value of each type to compute on.
struct Body {
  Kernel kernel{.name = "k"};
  ArrayId array = add_array(kernel, {"x", kByte, {8}, ArrayRole::scratch, "", {}});
  NestBuilder nest{kernel, "n"};
  Value f = nest.bitcast(nest.affine(ScalarType::signed_integer(32), AffineExpr(1)), kFloat);
  Value i = nest.load(array, {AffineExpr(0)});
  Value u = nest.convert(i, kUnsigned);
  Value b = nest.guard({});

  [[nodiscard]] const Nest& get() const { return kernel.nests[0]; }
  [[nodiscard]] Realization kind(Value value) const { return realization(get(), get().op(value)); }
  /// "unit spec, mode", or the kind of what has none.
  [[nodiscard]] std::string how(Value value) const {
    switch (kind(value)) {
      case Realization::nothing:
        return "nothing";
      case Realization::issuer:
        return "issuer";
      case Realization::port:
        return "port";
      case Realization::inlined:
        return "inlined";
      case Realization::unit:
        break;
    }
    const Op& op = get().op(value);
    return to_string(unit_spec(get(), op)) + ", " + std::to_string(unit_mode(get(), op));
  }
};

}  // namespace

TEST_CASE("operations on floats") {
  Body body;
  auto& n = body.nest;
  CHECK(body.how(n.add(body.f, body.f)) == "fp_add f32, 0");
  CHECK(body.how(n.subtract(body.f, body.f)) == "fp_add f32, 1");
  CHECK(body.how(n.multiply(body.f, body.f)) == "fp_mul f32, 0");
  CHECK(body.how(n.divide(body.f, body.f)) == "fp_div f32, 0");
  CHECK(body.how(n.unary(Opcode::square_root, body.f)) == "fp_sqrt f32, 0");
  CHECK(body.how(n.compare(Opcode::less, body.f, body.f)) == "fp_cmp f32 f32 -> u1, 0");
  CHECK(body.how(n.compare(Opcode::less_equal, body.f, body.f)) == "fp_cmp f32 f32 -> u1, 1");
  CHECK(body.how(n.compare(Opcode::equal, body.f, body.f)) == "fp_cmp f32 f32 -> u1, 2");
  CHECK(body.how(n.minimum(body.f, body.f)) == "fp_minmax f32, 0");
  CHECK(body.how(n.maximum(body.f, body.f)) == "fp_minmax f32, 1");
  CHECK(body.how(n.unary(Opcode::negate, body.f)) == "inlined");
  CHECK(body.how(n.unary(Opcode::absolute, body.f)) == "inlined");
}

TEST_CASE("operations on integers") {
  Body body;
  auto& n = body.nest;
  CHECK(body.how(n.add(body.i, body.u, ScalarType::signed_integer(10))) == "int_add i8 u8 -> i10, 0");
  CHECK(body.how(n.subtract(body.i, body.i)) == "int_add i8, 1");
  CHECK(body.how(n.multiply(body.i, body.i, ScalarType::signed_integer(16))) == "int_mul i8 i8 -> i16, 0");
  CHECK(body.how(n.compare(Opcode::equal, body.i, body.u)) == "int_cmp i8 u8 -> u1, 2");
  CHECK(body.how(n.minimum(body.i, body.i)) == "int_minmax i8, 0");
  CHECK(body.how(n.maximum(body.i, body.i)) == "int_minmax i8, 1");
  CHECK(body.how(n.unary(Opcode::negate, body.i)) == "inlined");
  CHECK(body.how(n.unary(Opcode::bit_not, body.i)) == "inlined");
  CHECK(body.how(n.binary(Opcode::bit_xor, body.i, body.i)) == "inlined");
  CHECK(body.how(n.select(body.b, body.i, body.i)) == "inlined");
}

TEST_CASE("a shift is a unit if its amount is not a constant") {
  Body body;
  auto& n = body.nest;
  CHECK(body.how(n.binary(Opcode::shift_left, body.i, body.u)) == "shift i8 u8 -> i8, 0");
  CHECK(body.how(n.binary(Opcode::shift_right, body.u, body.u)) == "shift u8, 1");
  CHECK(body.how(n.binary(Opcode::shift_right, body.i, body.u)) == "shift i8 u8 -> i8, 2");
  CHECK(body.how(n.binary(Opcode::shift_left, body.i, n.integer(kUnsigned, 2))) == "inlined");
}

TEST_CASE("conversions") {
  Body body;
  auto& n = body.nest;
  CHECK(body.how(n.convert(body.i, kFloat)) == "fp_from_int i8 -> f32, 0");
  CHECK(body.how(n.convert(body.f, kByte)) == "fp_to_int f32 -> i8, 0");
  CHECK(body.how(n.convert(body.f, kByte, fp::Rounding::down)) == "fp_to_int f32 -> i8 down, 0");
  CHECK(body.how(n.convert(body.f, ScalarType::floating(kFloat16))) == "fp_convert f32 -> f16, 0");
  CHECK(body.how(body.u) == "inlined");
  CHECK(body.how(n.bitcast(body.i, kUnsigned)) == "nothing");
}

TEST_CASE("what the nest and memories give") {
  Body body;
  auto& n = body.nest;
  CHECK(body.how(n.integer(kByte, 1)) == "nothing");
  CHECK(body.how(n.delay(kByte, 1)) == "nothing");
  CHECK(body.how(n.affine(kByte, AffineExpr(0))) == "issuer");
  CHECK(body.how(body.b) == "issuer");
  CHECK(body.how(body.i) == "port");
  CHECK(body.how(n.lookup(body.array, body.u)) == "port");
  n.store(body.array, {AffineExpr(0)}, body.i);
  CHECK(body.how(Value(body.get().body.size() - 1)) == "port");
}
