#include "frontend/loops/narrow_weights.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/integer_ranges.hpp"

namespace sluice {
namespace {

/// Reads of arrays whose types have changed.
void widen_reads(const Kernel& kernel, Nest& nest) {
  const auto is_stale = [&](const Op& op) {
    return (op.code == Opcode::load || op.code == Opcode::lookup) && kernel.array(op.array).type != op.type;
  };
  if (std::ranges::none_of(nest.body, is_stale)) return;
  BodyEditor editor(nest);
  for (const auto id : id_range<OpId>(editor.old_body().size())) {
    Op op = editor.old_body()[id.index()];
    if (!is_stale(op)) {
      editor.keep(id, std::move(op));
      continue;
    }
    for (auto& operand : op.operands) operand = editor.now(operand);
    const ScalarType wide = std::exchange(op.type, kernel.array(op.array).type);
    const OpId read = editor.add(std::move(op));
    editor.merge(id, editor.add({.code = Opcode::convert, .type = wide, .operands = {read}}));
  }
  editor.finish();
}

}  // namespace

std::size_t narrow_weights(Kernel& kernel) {
  std::size_t changes = 0;
  for (auto& array : kernel.arrays) {
    if (array.role != ArrayRole::weight || !array.type.is_integer()) continue;
    const ScalarType type = narrowest(array.type, contents_range(array));
    if (type == array.type) continue;
    std::vector<std::uint64_t> contents = *array.contents;
    for (auto& bits : contents) bits &= low_bits(type.width());
    array.contents = std::make_shared<const std::vector<std::uint64_t>>(std::move(contents));
    array.type = type;
    ++changes;
  }
  for (auto& nest : kernel.nests) widen_reads(kernel, nest);
  return changes;
}

}  // namespace sluice
