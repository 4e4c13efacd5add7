#include "frontend/loops/op_key.hpp"

namespace sluice {
namespace {

void append(OpKey& key, const AffineExpr& expr) {
  key.push_back(static_cast<std::int64_t>(expr.iterator_count()));
  key.push_back(expr.constant());
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) key.push_back(expr.coefficient(i));
}

void append(OpKey& key, ScalarType type) {
  key.push_back(type.is_float() ? type.format().exponent_bits : -1);
  key.push_back(type.is_signed() ? 1 : 0);
  key.push_back(type.width());
}

}  // namespace

OpKey key_of(const Op& op, const std::vector<OpId>& operands) {
  OpKey key{static_cast<std::int64_t>(op.code), static_cast<std::int64_t>(op.literal),
            op.array.valid() ? static_cast<std::int64_t>(op.array.index()) : -1, static_cast<std::int64_t>(op.rounding),
            op.distance};
  append(key, op.type);
  for (const auto operand : operands) key.push_back(static_cast<std::int64_t>(operand.index()));
  key.push_back(-1);
  for (const auto& index : op.index) append(key, index);
  for (const auto& condition : op.conditions) {
    key.push_back(static_cast<std::int64_t>(condition.kind));
    append(key, condition.expr);
  }
  return key;
}

std::size_t OpKeyHash::operator()(const OpKey& key) const {
  // FNV-1a, a word at a time.
  std::uint64_t hash = 14695981039346656037U;
  for (const auto word : key) hash = (hash ^ static_cast<std::uint64_t>(word)) * 1099511628211U;
  return hash ^ (hash >> 32);
}

}  // namespace sluice
