#include "frontend/loops/clean_up.hpp"

#include <set>
#include <vector>

#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/op_key.hpp"

namespace sluice {

std::size_t remove_common_subexpressions(Nest& nest) {
  std::set<ArrayId> stored;
  for (const auto& op : nest.body) {
    if (op.code == Opcode::store) stored.insert(op.array);
  }
  const std::size_t before = nest.body.size();
  BodyEditor body(nest);
  ValueTable known;
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
