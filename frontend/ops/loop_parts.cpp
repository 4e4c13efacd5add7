#include "frontend/ops/loop_parts.hpp"

#include <utility>

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

Value reduce(NestBuilder& nest, Opcode op, std::span<const AffineExpr> iterators, Value initial, Value term) {
  std::vector<Condition> at_zero;
  for (const auto& iterator : iterators) at_zero.push_back(is_zero(iterator));
  const auto first = needed_guard(nest, at_zero);
  if (!first) return nest.binary(op, initial, term);
  const Value before = nest.delay(nest.type(initial), 1);
  const Value result = nest.binary(op, nest.select(*first, initial, before), term, nest.type(initial));
  nest.close(before, result);
  return result;
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
