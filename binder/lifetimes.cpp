#include "binder/lifetimes.hpp"

#include <algorithm>
#include <limits>

namespace sluice {
namespace {

int start_of(const ScheduledNest& scheduled, Dfg::NodeId node) {
  return scheduled.schedule.slot(OperationId(node.index())).cycle;
}

}  // namespace

bool is_always_there(const Nest& nest, const ScheduledNest& scheduled, Dfg::NodeId node) {
  const Op& op = nest.op(scheduled.dfg[node].op);
  if (op.code == Opcode::constant) return true;
  return op.code == Opcode::load && scheduled.problem.operations[node.index()].width == 0;
}

int ready_cycle(const Nest& nest, const ScheduledNest& scheduled, Dfg::NodeId node) {
  const Op& op = nest.op(scheduled.dfg[node].op);
  if (is_always_there(nest, scheduled, node)) return std::numeric_limits<int>::max();
  if (realization(nest, op) == Realization::issuer) return scheduled.schedule.ii - 1;
  return start_of(scheduled, node) + scheduled.problem.class_of(OperationId(node.index())).latency;
}

int last_use(const ScheduledNest& scheduled, Dfg::NodeId node) {
  int last = -1;
  for (const auto edge : scheduled.dfg.out_edges(node)) {
    const DfgEdge& use = scheduled.dfg[edge];
    if (use.kind != DfgEdge::Kind::data) continue;
    const int later = scheduled.schedule.ii * static_cast<int>(use.distance);
    last = std::max(last, start_of(scheduled, scheduled.dfg.target(edge)) + later);
  }
  return last;
}

std::optional<RegisterId> register_at(const std::vector<Stretch>& storage, int cycle) {
  const auto found = std::find_if(storage.begin(), storage.end(), [&](const Stretch& stretch) {
    return stretch.first <= cycle && cycle <= stretch.last;
  });
  if (found == storage.end()) return std::nullopt;
  return found->reg;
}

std::vector<Span> stored_spans(const Nest& nest, const ScheduledNest& scheduled, Dfg::NodeId node) {
  const int last = last_use(scheduled, node);
  const int ready = ready_cycle(nest, scheduled, node);
  std::vector<Span> spans;
  if (last <= ready) return spans;
  for (int first = ready + 1; first <= last; first += scheduled.schedule.ii) {
    spans.push_back({first, std::min(last, first + scheduled.schedule.ii - 1)});
  }
  return spans;
}

}  // namespace sluice
