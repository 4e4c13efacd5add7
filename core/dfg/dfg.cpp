#include "core/dfg/dfg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/dfg/access_distance.hpp"

namespace sluice {
namespace {

bool is_access(Opcode code) { return code == Opcode::load || code == Opcode::lookup || code == Opcode::store; }

DfgEdge::Kind order_kind(const Op& from, const Op& to) {
  if (to.code != Opcode::store) return DfgEdge::Kind::read_after_write;
  return from.code == Opcode::store ? DfgEdge::Kind::write_after_write : DfgEdge::Kind::write_after_read;
}

/// "acc_7", "load_x_3".
std::string name_of(const Kernel& kernel, const Op& op, OpId id) {
  if (!op.name.empty()) return fmt::format("{}_{}", op.name, id.index());
  if (!op.array.valid()) return fmt::format("{}_{}", to_string(op.code), id.index());
  return fmt::format("{}_{}_{}", to_string(op.code), kernel.array(op.array).name, id.index());
}

class DfgBuilder {
 public:
  DfgBuilder(const Kernel& kernel, const Nest& nest) : kernel_(kernel), nest_(nest), nodes_(nest.body.size()) {}

  Dfg build() {
    dfg_.name = kernel_.name + ", nest " + nest_.name;
    const auto needed = this->needed();
    for (const auto id : id_range<OpId>(nest_.body.size())) {
      const Op& op = nest_.op(id);
      if (op.code == Opcode::delay || !needed[id.index()]) continue;
      nodes_[id.index()] = dfg_.add_node({id, name_of(kernel_, op, id)});
      if (is_access(op.code)) accesses_[op.array].push_back(id);
    }
    for (const auto node : dfg_.nodes()) add_operands(node);
    for (const auto& [array, ids] : accesses_) add_order(ids);
    return std::move(dfg_);
  }

 private:
  /// Operations that are there for predicates of loads alone are not.
  [[nodiscard]] std::vector<bool> needed() const {
    std::vector<int> uses(nest_.body.size(), 0);
    std::vector<int> of_predicates(nest_.body.size(), 0);
    for (const auto& op : nest_.body) {
      if (op.code == Opcode::delay) ++uses[op.operands[0].index()];
    }
    for (std::size_t i = nest_.body.size(); i-- > 0;) {
      const Op& op = nest_.body[i];
      if (op.code == Opcode::delay) continue;
      const bool is_there = uses[i] == 0 || uses[i] > of_predicates[i];
      for (std::size_t o = 0; o < op.operands.size(); ++o) {
        ++uses[op.operands[o].index()];
        if (o >= needed_operands(op) || !is_there) ++of_predicates[op.operands[o].index()];
      }
    }
    std::vector<bool> needed;
    for (std::size_t i = 0; i < uses.size(); ++i) needed.push_back(uses[i] == 0 || uses[i] > of_predicates[i]);
    return needed;
  }

  /// Through chains of delays to what they delay. A chain that ends in itself has no value: its operand stays missing.
  void add_operands(Dfg::NodeId node) {
    const Op& op = nest_.op(dfg_[node].op);
    for (std::size_t i = 0; i < needed_operands(op); ++i) {
      OpId source = op.operands[i];
      std::int64_t distance = 0;
      for (std::size_t hops = 0; nest_.op(source).code == Opcode::delay && hops < nest_.body.size(); ++hops) {
        distance += nest_.op(source).distance;
        source = nest_.op(source).operands[0];
      }
      const auto from = nodes_[source.index()];
      if (from) dfg_.add_edge(*from, node, {DfgEdge::Kind::data, static_cast<int>(i), distance});
    }
  }

  /// Both directions of each pair: an earlier operation of the body comes first in the same iteration already, a later
  /// one, or the operation itself, only from the next iteration on.
  void add_order(const std::vector<OpId>& ids) {
    const auto writes = [&](OpId id) { return nest_.op(id).code == Opcode::store; };
    if (std::none_of(ids.begin(), ids.end(), writes)) return;
    const auto trips = trip_counts(kernel_, nest_);
    std::vector<AccessPattern> patterns;
    for (const auto id : ids) patterns.push_back(access_pattern(kernel_, nest_, nest_.op(id)));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      for (std::size_t j = 0; j < ids.size(); ++j) {
        if (!writes(ids[i]) && !writes(ids[j])) continue;
        const auto distance = access_distance(trips, patterns[i], patterns[j], i < j ? 0 : 1);
        if (!distance) continue;
        dfg_.add_edge(*nodes_[ids[i].index()], *nodes_[ids[j].index()],
                      {order_kind(nest_.op(ids[i]), nest_.op(ids[j])), -1, *distance});
      }
    }
  }

  const Kernel& kernel_;
  const Nest& nest_;
  Dfg dfg_;
  std::vector<std::optional<Dfg::NodeId>> nodes_;  // of each operation; none of delays
  std::map<ArrayId, std::vector<OpId>> accesses_;
};

}  // namespace

std::size_t needed_operands(const Op& op) {
  if (op.code == Opcode::load) return 0;
  return op.code == Opcode::lookup ? 1 : op.operands.size();
}

Dfg build_dfg(const Kernel& kernel, const Nest& nest) { return DfgBuilder(kernel, nest).build(); }

}  // namespace sluice
