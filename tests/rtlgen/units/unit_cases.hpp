#pragma once

#include <fmt/format.h>

#include <random>
#include <string>
#include <vector>

#include "core/arith/float_ops.hpp"
#include "core/arith/int_ops.hpp"
#include "rtlgen/units/units.hpp"
#include "tests/core/arith/float_samples.hpp"

/// A unit at certain types, to be tested with several masks of cuts.
struct UnitCase {
  sluice::UnitUse use;
  std::vector<std::uint64_t> cuts;
  int vectors = 0;

  [[nodiscard]] std::string name() const {
    std::string text = use.unit;
    for (const auto type : use.operands) text += "_" + to_string(type);
    text += "_to_" + to_string(use.result);
    if (use.unit == "fp_to_int") text += fmt::format("_round{}", static_cast<int>(use.rounding));
    for (auto& c : text) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return text;
  }
};

/// Operands, mode, and the result that the model gives.
struct UnitVector {
  std::vector<std::uint64_t> operands;
  int mode = 0;
  std::uint64_t expected = 0;
};

namespace unit_model {

inline std::uint64_t float_unit(const sluice::UnitUse& use, int mode, std::uint64_t a, std::uint64_t b) {
  using namespace sluice;
  if (use.unit == "fp_from_int") return fp::from_integer(use.result.format(), use.operands[0], a);
  const FloatFormat format = use.operands[0].format();
  if (use.unit == "fp_add") return mode == 0 ? fp::add(format, a, b) : fp::sub(format, a, b);
  if (use.unit == "fp_mul") return fp::mul(format, a, b);
  if (use.unit == "fp_div") return fp::div(format, a, b);
  if (use.unit == "fp_sqrt") return fp::sqrt(format, a);
  if (use.unit == "fp_minmax") return mode == 0 ? fp::min(format, a, b) : fp::max(format, a, b);
  if (use.unit == "fp_to_int") return fp::to_integer(format, a, use.result, use.rounding);
  if (use.unit == "fp_convert") return fp::convert(format, a, use.result.format());
  return mode == 0 ? fp::less(format, a, b) : mode == 1 ? fp::less_equal(format, a, b) : fp::equal(format, a, b);
}

inline std::uint64_t integer_unit(const sluice::UnitUse& use, int mode, std::uint64_t a, std::uint64_t b) {
  using namespace sluice;
  const integer::Operand x{use.operands[0], a};
  const integer::Operand y{use.operands[1], b};
  const int width = x.type.width();
  if (use.unit == "int_add") return mode == 0 ? integer::add(x, y, use.result) : integer::sub(x, y, use.result);
  if (use.unit == "int_mul") return integer::mul(x, y, use.result);
  if (use.unit == "int_minmax") return mode == 0 ? integer::min(x, y, use.result) : integer::max(x, y, use.result);
  if (use.unit == "int_cmp") {
    return mode == 0 ? integer::less(x, y) : mode == 1 ? integer::less_equal(x, y) : integer::equal(x, y);
  }
  return mode == 0   ? integer::shift_left(width, a, b)
         : mode == 1 ? integer::shift_right_logical(width, a, b)
                     : integer::shift_right_arithmetic(width, a, b);
}

inline std::uint64_t evaluate(const sluice::UnitUse& use, int mode, const std::vector<std::uint64_t>& operands) {
  const std::uint64_t b = operands.size() > 1 ? operands[1] : 0;
  const bool is_float = use.unit.starts_with("fp_");
  return is_float ? float_unit(use, mode, operands[0], b) : integer_unit(use, mode, operands[0], b);
}

}  // namespace unit_model

/// Makes test vectors of one case: first the special values crossed with each other, then random ones.
class VectorSource {
 public:
  VectorSource(const UnitCase& unit_case, std::uint64_t seed)
      : use_(unit_case.use), random_(seed), floats_(format(use_), seed) {
    for (const auto type : use_.operands) specials_.push_back(special_values(type));
    modes_ = std::max<std::size_t>(1, sluice::unit_modes(use_.unit).size());
  }

  UnitVector next() {
    UnitVector vector;
    vector.mode = static_cast<int>(count_ % modes_);
    std::size_t index = count_ / modes_;
    ++count_;
    for (const auto& values : specials_) {
      vector.operands.push_back(values[index % values.size()]);
      index /= values.size();
    }
    if (index > 0) vector.operands = random_operands();
    vector.expected = unit_model::evaluate(use_, vector.mode, vector.operands);
    return vector;
  }

 private:
  static sluice::FloatFormat format(const sluice::UnitUse& use) {
    return use.operands[0].is_float() ? use.operands[0].format() : sluice::kFloat32;
  }

  static std::vector<std::uint64_t> special_values(sluice::ScalarType type) {
    if (type.is_float()) return special_floats(type.format());
    std::vector<std::uint64_t> values;
    for (const std::uint64_t value : {0, 1, 2, -1, -2}) values.push_back(value & sluice::low_bits(type.width()));
    values.push_back(sluice::low_bits(type.width() - 1));
    values.push_back(sluice::low_bits(type.width()) ^ sluice::low_bits(type.width() - 1));
    return values;
  }

  std::vector<std::uint64_t> random_operands() {
    if (use_.operands[0].is_float()) {
      const auto [a, b] = floats_.pair();
      if (use_.operands.size() == 2) return {a, b};
      return {use_.unit == "fp_to_int" && random_() % 4 != 0 ? near_integers(a) : a};
    }
    std::vector<std::uint64_t> operands;
    for (const auto type : use_.operands) operands.push_back(random_integer(type));
    if (use_.unit == "shift" && random_() % 2 == 0) operands[1] %= static_cast<std::uint64_t>(use_.result.width());
    return operands;
  }

  std::uint64_t random_integer(sluice::ScalarType type) {
    const std::uint64_t value = random_() >> (random_() % 64);
    return (random_() % 2 == 0 ? value : ~value) & sluice::low_bits(type.width());
  }

  /// The same number with an exponent at which it has both integer and fraction bits, or is about to overflow.
  std::uint64_t near_integers(std::uint64_t a) {
    const auto format = use_.operands[0].format();
    const std::uint64_t field = sluice::low_bits(format.exponent_bits);
    const std::uint64_t bias = field >> 1;
    const std::uint64_t exponent = bias - 3 + random_() % static_cast<std::uint64_t>(use_.result.width() + 5);
    return (a & ~(field << format.mantissa_bits)) | (std::min(exponent, field - 1) << format.mantissa_bits);
  }

  const sluice::UnitUse& use_;
  std::mt19937_64 random_;
  FloatSampler floats_;
  std::vector<std::vector<std::uint64_t>> specials_;
  std::size_t modes_ = 1;
  std::size_t count_ = 0;
};

/// Every unit at the types that matter: float32 with `vectors` vectors, the other formats with a fifth of that.
inline std::vector<UnitCase> unit_cases(int vectors) {
  using sluice::FloatFormat;
  using sluice::ScalarType;
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  constexpr std::uint64_t kEveryFourth = 0x1111111111111111;
  const auto f32 = ScalarType::floating(sluice::kFloat32);
  const auto f16 = ScalarType::floating(sluice::kFloat16);
  const auto bf16 = ScalarType::floating(sluice::kBfloat16);
  const auto i = [](int width) { return ScalarType::signed_integer(width); };
  const auto u = [](int width) { return ScalarType::unsigned_integer(width); };
  const auto boolean = ScalarType::boolean();

  std::vector<UnitCase> cases;
  for (const auto type : {f32, f16, bf16, ScalarType::floating({4, 3}), ScalarType::floating({3, 9})}) {
    using Masks = std::vector<std::uint64_t>;
    const int count = type == f32 ? vectors : vectors / 5;
    const Masks rows = type == f16 ? Masks{0, kEveryFourth, kAll} : Masks{kEveryFourth, kAll};
    cases.push_back(
        {{"fp_add", {type, type}, type}, type == f32 ? Masks{0, 0b000100, 0b101010, kAll} : Masks{0, kAll}, count});
    cases.push_back(
        {{"fp_mul", {type, type}, type}, type == f32 ? Masks{0, 0b0000010, 0b1000100, kAll} : Masks{0, kAll}, count});
    cases.push_back({{"fp_div", {type, type}, type}, rows, count});
    cases.push_back({{"fp_sqrt", {type}, type}, rows, count});
    cases.push_back({{"fp_cmp", {type, type}, boolean}, {0, kAll}, count});
    cases.push_back({{"fp_minmax", {type, type}, type}, {0, kAll}, count});
    cases.push_back({{"fp_from_int", {i(32)}, type}, {0, kAll}, count});
    cases.push_back({{"fp_to_int", {type}, i(32)}, {0, kAll}, count});
  }
  for (const auto from : {u(8), i(64), boolean}) cases.push_back({{"fp_from_int", {from}, f32}, {0b0010}, vectors / 5});
  for (const auto to : {i(8), i(64), u(64)}) cases.push_back({{"fp_to_int", {f32}, to}, {0}, vectors});
  for (const auto rounding :
       {sluice::fp::Rounding::nearest_even, sluice::fp::Rounding::down, sluice::fp::Rounding::up}) {
    cases.push_back({{"fp_to_int", {f32}, i(9), 0, rounding}, {0b010}, vectors});
    cases.push_back({{"fp_to_int", {f16}, boolean, 0, rounding}, {0}, vectors / 5});
  }
  for (const auto& [from, to] : {std::pair{f32, f16}, {f16, f32}, {f32, bf16}, {bf16, f32}, {f16, bf16}, {bf16, f16}}) {
    cases.push_back({{"fp_convert", {from}, to}, {0, kAll}, vectors});
  }

  struct IntegerTypes {
    ScalarType a, b, y;
  };
  for (const auto& [a, b, y] : {IntegerTypes{i(32), i(32), i(32)},
                                {i(8), u(8), i(17)},
                                {u(8), u(7), u(12)},
                                {i(64), i(64), i(64)},
                                {i(8), i(8), i(32)},
                                {u(3), i(20), i(9)},
                                {u(1), u(1), u(1)}}) {
    cases.push_back({{"int_add", {a, b}, y}, {0, kAll}, vectors});
    cases.push_back({{"int_mul", {a, b}, y}, {0b010, kAll}, vectors});
    cases.push_back({{"int_cmp", {a, b}, boolean}, {0, kAll}, vectors});
    cases.push_back({{"int_minmax", {a, b}, y}, {0, kAll}, vectors});
  }
  for (const auto& [a, b, y] : {IntegerTypes{i(48), i(48), i(64)}, {u(39), i(9), i(48)}, {i(40), u(56), i(64)}})
    cases.push_back({{"int_mul", {a, b}, y}, {0b00010, 0b01100, kAll}, vectors / 5});
  for (const auto& [width, amount] : {std::pair{32, 5}, {32, 8}, {64, 7}, {13, 4}, {1, 1}}) {
    cases.push_back({{"shift", {i(width), u(amount)}, i(width)}, {0, kAll}, vectors});
  }
  return cases;
}
