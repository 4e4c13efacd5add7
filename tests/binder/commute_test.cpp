#include <doctest/doctest.h>

#include <random>

#include "binder/binding.hpp"
#include "core/kernel/builder.hpp"
#include "core/kernel/evaluate.hpp"

using namespace sluice;

namespace {

constexpr std::array kBinary{Opcode::add,  Opcode::subtract,   Opcode::multiply, Opcode::minimum, Opcode::maximum,
                             Opcode::less, Opcode::less_equal, Opcode::equal,    Opcode::divide};

/// Whether the binder may exchange the operands of an operation on values of these types.
bool commutes(Opcode code, ScalarType a, ScalarType b) {
  Nest nest;
  nest.body.push_back({.code = Opcode::constant, .type = a});
  nest.body.push_back({.code = Opcode::constant, .type = b});
  nest.body.push_back({.code = code, .type = a, .operands = {OpId(0), OpId(1)}});
  return operands_commute(nest, nest.body.back());
}

/// Zeros, subnormals, ones, infinities and NaNs of both signs with payloads, and random bits.
std::vector<std::uint64_t> samples(ScalarType type, std::mt19937& random) {
  std::vector<std::uint64_t> values;
  const std::uint64_t mask = (std::uint64_t{1} << type.width()) - 1;
  const std::uint64_t sign = std::uint64_t{1} << (type.width() - 1);
  std::vector<std::uint64_t> magnitudes{0, 1, 2, sign - 1};
  if (type.is_float()) {
    const std::uint64_t infinity = fp::infinity(type.format(), false);
    for (const auto special : {infinity - 1, infinity, infinity + 1, fp::quiet_nan(type.format()), infinity / 2})
      magnitudes.push_back(special);
  }
  for (const auto magnitude : magnitudes) {
    values.push_back(magnitude);
    values.push_back(magnitude | sign);
  }
  for (int k = 0; k < 40; ++k) values.push_back(random() & mask);
  return values;
}

std::uint64_t result(Opcode code, ScalarType type, ScalarType result_type, std::uint64_t a, std::uint64_t b) {
  OperandBits operands;
  operands.type[0] = operands.type[1] = type;
  operands.bits[0] = a;
  operands.bits[1] = b;
  return evaluate(code, result_type, fp::Rounding::nearest_even, operands);
}

}  // namespace

TEST_CASE("operands that may be exchanged give the same bits either way") {
  std::mt19937 random(1);
  for (const auto type :
       {ScalarType::floating(kFloat32), ScalarType::floating(kFloat16), ScalarType::floating(kBfloat16),
        ScalarType::signed_integer(8), ScalarType::unsigned_integer(5)}) {
    const auto values = samples(type, random);
    for (const auto code : kBinary) {
      if (code == Opcode::divide && !type.is_float()) continue;
      const bool compares = code == Opcode::less || code == Opcode::less_equal || code == Opcode::equal;
      const ScalarType of = compares ? ScalarType::unsigned_integer(1) : type;
      bool same = true;
      for (const auto a : values) {
        for (const auto b : values) same = same && result(code, type, of, a, b) == result(code, type, of, b, a);
      }
      INFO(to_string(code), " ", to_string(type));
      CHECK(commutes(code, type, type) == same);
    }
  }
}

TEST_CASE("operands of different types stay where they are") {
  CHECK(commutes(Opcode::multiply, ScalarType::signed_integer(8), ScalarType::signed_integer(8)));
  CHECK_FALSE(commutes(Opcode::multiply, ScalarType::signed_integer(8), ScalarType::unsigned_integer(8)));
  CHECK_FALSE(commutes(Opcode::multiply, ScalarType::signed_integer(8), ScalarType::signed_integer(16)));
}
