#include "frontend/ops/functions/piecewise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "frontend/ops/functions/float_fields.hpp"
#include "frontend/ops/lowering.hpp"

namespace sluice::functions {
namespace {

/// Monomial coefficients of the polynomial through `values` at the points `at` (Newton's divided differences).
std::vector<double> interpolate(const std::vector<double>& at, std::vector<double> values) {
  const std::size_t n = at.size();
  for (std::size_t order = 1; order < n; ++order) {
    for (std::size_t i = n; i-- > order;) values[i] = (values[i] - values[i - 1]) / (at[i] - at[i - order]);
  }
  std::vector<double> result(n, 0.0);
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t power = n; power-- > 1;) result[power] = result[power - 1] - at[i] * result[power];
    result[0] = values[i] - at[i] * result[0];
  }
  return result;
}

std::int64_t largest(const std::vector<std::int64_t>& values) {
  std::int64_t magnitude = 1;
  for (const auto value : values) magnitude = std::max(magnitude, std::abs(value));
  return magnitude;
}

/// Bits of a signed type that holds -magnitude .. magnitude.
int signed_width(std::int64_t magnitude) {
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(magnitude))) + 1;
}

ArrayId table(NestBuilder& nest, const Piecewise& pieces, std::size_t power, ScalarType type) {
  std::vector<std::uint64_t> contents;
  for (const auto value : pieces.coefficients[power]) contents.push_back(from_int64(type, value));
  return table_array(nest.kernel(), fmt::format("{}_c{}", pieces.name, power), type, contents);
}

}  // namespace

Piecewise fit(std::string name, int segment_bits, int degree, int fraction_bits,
              const std::function<double(int, double)>& function) {
  std::vector<double> at;
  for (int i = 0; i <= degree; ++i) at.push_back(std::cos((i + 0.5) * std::numbers::pi / (degree + 1)));
  Piecewise pieces{std::move(name), segment_bits, fraction_bits, {}};
  pieces.coefficients.resize(static_cast<std::size_t>(degree) + 1);
  for (int segment = 0; segment < 1 << segment_bits; ++segment) {
    std::vector<double> values;
    for (const double point : at) values.push_back(function(segment, point));
    const auto polynomial = interpolate(at, values);
    for (std::size_t power = 0; power < polynomial.size(); ++power) {
      pieces.coefficients[power].push_back(std::llround(std::ldexp(polynomial[power], fraction_bits)));
    }
  }
  return pieces;
}

Value evaluate(NestBuilder& nest, const Piecewise& pieces, Value segment, Value u) {
  const int u_width = nest.type(u).width();
  const std::size_t degree = pieces.coefficients.size() - 1;
  std::int64_t bound = largest(pieces.coefficients[degree]);
  Value sum = nest.lookup(table(nest, pieces, degree, s(signed_width(bound))), segment);
  for (std::size_t power = degree; power-- > 0;) {
    const int width = signed_width(bound);
    const int kept = std::min(u_width, width + 1);
    const Value factor = shifted_right(nest, u, u_width - kept, s(kept));
    const Value product = nest.multiply(sum, factor, s(width + kept));
    const std::int64_t coefficient = largest(pieces.coefficients[power]);
    const Value term = shifted_right(nest, product, kept - 1, s(width + 1));
    bound += coefficient + 1;
    sum = nest.add(nest.lookup(table(nest, pieces, power, s(signed_width(coefficient))), segment), term,
                   s(signed_width(bound)));
  }
  return sum;
}

Position position(NestBuilder& nest, Value fixed, int segment_bits) {
  const int rest = nest.type(fixed).width() - segment_bits;
  const Value low = slice(nest, fixed, 0, rest);
  const Value centred =
      nest.binary(Opcode::bit_xor, low, nest.integer(functions::u(rest), std::int64_t{1} << (rest - 1)));
  return {slice(nest, fixed, rest, segment_bits), nest.bitcast(centred, s(rest))};
}

}  // namespace sluice::functions
