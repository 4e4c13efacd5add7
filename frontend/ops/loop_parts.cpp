#include "frontend/ops/loop_parts.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "core/arith/float_ops.hpp"
#include "frontend/ops/epilogue.hpp"

namespace sluice {

AffineExpr token_loop(Kernel& kernel, std::string name, std::int64_t trip) {
  if (trip == 1) return 0;
  kernel.token_loops.push_back({std::move(name), trip});
  return AffineExpr::iterator(kernel.token_loops.size() - 1);
}

AffineExpr nest_loop(NestBuilder& nest, std::string name, std::int64_t trip) {
  return trip == 1 ? AffineExpr(0) : nest.loop(std::move(name), trip);
}

std::optional<Value> needed_guard(NestBuilder& nest, const std::vector<Condition>& conditions) {
  const auto trips = trip_counts(nest.kernel(), nest.kernel().nests.back());
  std::vector<Condition> needed;
  for (const auto& condition : conditions) {
    const auto range = condition.expr.range(trips);
    const bool always = condition.kind == Condition::Kind::zero ? range == AffineExpr::Range{} : range.low >= 0;
    if (!always) needed.push_back(condition);
  }
  if (needed.empty()) return std::nullopt;
  return nest.guard(std::move(needed));
}

Value load_or(NestBuilder& nest, ArrayId array, std::vector<AffineExpr> index, std::optional<Value> condition,
              std::uint64_t otherwise) {
  const Value element = nest.load(array, std::move(index), condition);
  if (!condition) return element;
  return nest.select(*condition, element, nest.constant(nest.type(element), otherwise));
}

namespace {

/// The format in which `count` floats are added: a sum in order loses about half the bits of log2(count) to rounding,
/// so it gets as many more. Short sums stay as they are.
FloatFormat sum_format(FloatFormat format, std::int64_t count) {
  constexpr std::int64_t kShort = 16;
  constexpr int kMostBits = 8;
  if (count > kShort) {
    const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(count - 1)));
    format.mantissa_bits += std::min((bits + 1) / 2, kMostBits);
  }
  return format;
}

/// The same float with zeros below its mantissa: wires, no gates.
Value widened(NestBuilder& nest, Value value, FloatFormat to) {
  const ScalarType from = nest.type(value);
  const int more = to.width() - from.width();
  if (more == 0) return value;
  const auto bits = ScalarType::unsigned_integer(to.width());
  const Value raw = nest.convert(nest.bitcast(value, ScalarType::unsigned_integer(from.width())), bits);
  const Value places = nest.integer(ScalarType::unsigned_integer(4), more);
  return nest.bitcast(nest.binary(Opcode::shift_left, raw, places, bits), ScalarType::floating(to));
}

Value fold(NestBuilder& nest, Opcode op, Value first, Value initial, Value term) {
  const Value before = nest.delay(nest.type(initial), 1);
  const Value result = nest.binary(op, nest.select(first, initial, before), term, nest.type(initial));
  nest.close(before, result);
  return result;
}

}  // namespace

Value empty_sum(NestBuilder& nest, ScalarType type) {
  return nest.constant(type, type.is_float() ? fp::negate(type.format(), 0) : 0);
}

Value reduce(NestBuilder& nest, Opcode op, std::span<const AffineExpr> iterators, Value initial, Value term) {
  const auto trips = trip_counts(nest.kernel(), nest.kernel().nests.back());
  std::vector<Condition> at_zero;
  std::int64_t count = 1;
  for (const auto& iterator : iterators) {
    at_zero.push_back(is_zero(iterator));
    count *= iterator.range(trips).high + 1;
  }
  const auto first = needed_guard(nest, at_zero);
  if (!first) return nest.binary(op, initial, term);
  const ScalarType type = nest.type(initial);
  if (op != Opcode::add || !type.is_float()) return fold(nest, op, *first, initial, term);
  const FloatFormat wide = sum_format(type.format(), count);
  const Value sum = fold(nest, op, *first, widened(nest, initial, wide), widened(nest, term, wide));
  return wide == type.format() ? sum : nest.convert(sum, type);
}

std::optional<Value> last_iteration(NestBuilder& nest, std::span<const AffineExpr> iterators) {
  const auto trips = trip_counts(nest.kernel(), nest.kernel().nests.back());
  std::vector<Condition> at_end;
  for (const auto& iterator : iterators) at_end.push_back(is_zero(iterator - iterator.range(trips).high));
  return needed_guard(nest, at_end);
}

void store_result(const OpContext& context, NestBuilder& nest, ArrayId output, const std::vector<AffineExpr>& index,
                  Value value, std::optional<Value> predicate) {
  nest.store(output, index, apply_epilogues(context, nest, value, index), predicate);
}

}  // namespace sluice
