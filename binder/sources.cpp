#include "binder/sources.hpp"

namespace sluice {

WireSource wire_source(const Nest& nest, std::size_t n, const Dfg& dfg, Dfg::NodeId node, std::optional<UnitId> unit) {
  const Op& op = nest.op(dfg[node].op);
  if (unit) return {WireSource::Kind::unit, unit->index(), 0};
  if (op.code == Opcode::constant) return {WireSource::Kind::literal, op.literal, 0};
  if (op.array.valid()) return {WireSource::Kind::array, op.array.index(), 0};
  return {WireSource::Kind::operation, node.index(), n};
}

}  // namespace sluice
