#include "frontend/loops/clean_up.hpp"

#include <map>
#include <set>
#include <vector>

#include "frontend/loops/body_editor.hpp"

namespace sluice {
namespace {

/// All that makes an operation what it is, as numbers.
using Key = std::vector<std::int64_t>;

void append(Key& key, const AffineExpr& expr) {
  key.push_back(static_cast<std::int64_t>(expr.iterator_count()));
  key.push_back(expr.constant());
  for (std::size_t i = 0; i < expr.iterator_count(); ++i) key.push_back(expr.coefficient(i));
}

void append(Key& key, ScalarType type) {
  key.push_back(type.is_float() ? type.format().exponent_bits : -1);
  key.push_back(type.is_signed() ? 1 : 0);
  key.push_back(type.width());
}

Key key_of(const Op& op, const std::vector<OpId>& operands) {
  Key key{static_cast<std::int64_t>(op.code), static_cast<std::int64_t>(op.literal),
          op.array.valid() ? static_cast<std::int64_t>(op.array.index()) : -1, static_cast<std::int64_t>(op.rounding)};
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

}  // namespace

std::size_t remove_common_subexpressions(Nest& nest) {
  std::set<ArrayId> stored;
  for (const auto& op : nest.body) {
    if (op.code == Opcode::store) stored.insert(op.array);
  }
  const std::size_t before = nest.body.size();
  BodyEditor body(nest);
  std::map<Key, OpId> known;
  for (const auto id : id_range<OpId>(before)) {
    const Op& op = body.old_body()[id.index()];
    const bool changes = op.code == Opcode::store || op.code == Opcode::delay || stored.contains(op.array);
    if (changes) {
      body.keep(id, op);
      continue;
    }
    std::vector<OpId> operands;
    for (const auto operand : op.operands) operands.push_back(body.now(operand));
    const auto [found, is_new] = known.try_emplace(key_of(op, operands));
    if (is_new) {
      found->second = body.keep(id, op);
    } else {
      body.merge(id, found->second);
    }
  }
  body.finish();
  return before - nest.body.size();
}

std::size_t fold_guards(Nest& nest) {
  std::size_t changes = 0;
  const auto always = [&](const std::vector<Op>& body, OpId id) {
    return body[id.index()].code == Opcode::guard && body[id.index()].conditions.empty();
  };
  BodyEditor body(nest);
  const auto& old = body.old_body();
  for (const auto id : id_range<OpId>(old.size())) {
    Op op = old[id.index()];
    const bool is_access = op.code == Opcode::store || op.code == Opcode::load;
    if (op.code == Opcode::select && always(old, op.operands[0]) && old[op.operands[1].index()].code != Opcode::delay) {
      body.merge(id, body.now(op.operands[1]));
      ++changes;
      continue;
    }
    if (is_access && !op.operands.empty() && always(old, op.operands.back())) {
      op.operands.pop_back();
      ++changes;
    }
    body.keep(id, std::move(op));
  }
  body.finish();
  return changes;
}

std::size_t remove_dead_operations(Nest& nest) {
  const std::size_t before = nest.body.size();
  std::vector<bool> needed(before, false);
  std::vector<OpId> open;
  for (const auto id : id_range<OpId>(before)) {
    if (nest.op(id).code != Opcode::store) continue;
    needed[id.index()] = true;
    open.push_back(id);
  }
  while (!open.empty()) {
    const Op& op = nest.op(open.back());
    open.pop_back();
    for (const auto operand : op.operands) {
      if (needed[operand.index()]) continue;
      needed[operand.index()] = true;
      open.push_back(operand);
    }
  }
  BodyEditor body(nest);
  for (const auto id : id_range<OpId>(before)) {
    if (needed[id.index()]) body.keep(id, body.old_body()[id.index()]);
  }
  body.finish();
  return before - nest.body.size();
}

}  // namespace sluice
