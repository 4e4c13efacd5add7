#include "binder/combinational.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/graph/order.hpp"

namespace sluice {
namespace {

/// Parts and the wires between them: a vertex each, an edge for each operand that is taken where it is made.
class PartGraph {
 public:
  struct Wire {
    std::size_t nest = 0;
    Dfg::NodeId reader;
  };

  PartGraph(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding)
      : kernel_(kernel), nests_(nests), binding_(binding) {
    for (std::size_t n = 0; n < nests.size(); ++n) {
      for (const auto edge : nests[n].dfg.edges()) add_wire(n, edge);
    }
  }

  [[nodiscard]] std::vector<std::size_t> cycle() const { return find_cycle(topology_); }
  [[nodiscard]] const CombinationalPart& part(std::size_t vertex) const { return parts_[vertex]; }

  /// The operands that one part takes from another.
  [[nodiscard]] std::vector<Wire> wires(std::size_t from, std::size_t to) const {
    std::vector<Wire> found;
    for (const auto edge : topology_.out_edges(from)) {
      if (topology_.target(edge) == to) found.push_back(wires_[edge]);
    }
    return found;
  }

 private:
  void add_wire(std::size_t n, Dfg::EdgeId edge) {
    const auto& [dfg, problem, schedule] = nests_[n];
    if (dfg[edge].kind != DfgEdge::Kind::data) return;
    const auto from = dfg.source(edge);
    const auto to = dfg.target(edge);
    if (!is_combinational(n, from) || !is_combinational(n, to)) return;
    const int cycle = schedule.slot(OperationId(to.index())).cycle + schedule.ii * static_cast<int>(dfg[edge].distance);
    if (register_at(binding_.nests[n].storage[from.index()], cycle)) return;
    topology_.add_edge(vertex(n, from), vertex(n, to));
    wires_.push_back({n, to});
  }

  [[nodiscard]] bool is_combinational(std::size_t n, Dfg::NodeId node) const {
    if (const auto unit = binding_.nests[n].units[node.index()])
      return binding_.units[unit->index()].timing.latency == 0;
    const Op& op = kernel_.nests[n].op(nests_[n].dfg[node].op);
    const auto kind = realization(kernel_.nests[n], op);
    return kind == Realization::inlined || (kind == Realization::nothing && !op.operands.empty());
  }

  std::size_t vertex(std::size_t n, Dfg::NodeId node) {
    const auto unit = binding_.nests[n].units[node.index()];
    const auto key = unit ? std::pair{nests_.size(), unit->index()} : std::pair{n, node.index()};
    const auto [found, fresh] = vertices_.try_emplace(key);
    if (fresh) {
      found->second = topology_.add_vertex();
      parts_.push_back({unit, n, node});
    }
    return found->second;
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& nests_;
  const Binding& binding_;
  Topology topology_;
  std::vector<CombinationalPart> parts_;  // of each vertex
  std::vector<Wire> wires_;               // of each edge
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> vertices_;
};

/// A name like "int_add_3" that no unit or register has.
std::string free_name(const Binding& binding, const std::string& unit) {
  const auto taken = [&](const std::string& name) {
    const auto called = [&](const auto& each) { return each.name == name; };
    return std::any_of(binding.units.begin(), binding.units.end(), called) ||
           std::any_of(binding.registers.begin(), binding.registers.end(), called);
  };
  for (int number = 0;; ++number) {
    if (std::string name = fmt::format("{}_{}", unit, number); !taken(name)) return name;
  }
}

}  // namespace

std::vector<CombinationalPart> find_combinational_cycle(const Kernel& kernel, const std::vector<ScheduledNest>& nests,
                                                        const Binding& binding) {
  const PartGraph graph(kernel, nests, binding);
  std::vector<CombinationalPart> parts;
  for (const auto vertex : graph.cycle()) parts.push_back(graph.part(vertex));
  return parts;
}

int break_combinational_cycles(const Kernel& kernel, const std::vector<ScheduledNest>& nests, Binding& binding) {
  for (int added = 0;; ++added) {
    const PartGraph graph(kernel, nests, binding);
    const auto cycle = graph.cycle();
    if (cycle.empty()) return added;
    // The unit with the fewest operations that take part loses them to a new one.
    std::vector<PartGraph::Wire> moved;
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      if (!graph.part(cycle[i]).unit) continue;
      auto wires = graph.wires(cycle[(i + cycle.size() - 1) % cycle.size()], cycle[i]);
      if (moved.empty() || wires.size() < moved.size()) moved = std::move(wires);
    }
    const auto& [n, reader] = moved.front();
    BoundUnit unit = binding.units[binding.nests[n].units[reader.index()]->index()];
    unit.name = free_name(binding, unit.spec.unit);
    binding.units.push_back(std::move(unit));
    for (const auto& wire : moved) {
      binding.nests[wire.nest].units[wire.reader.index()] = UnitId(binding.units.size() - 1);
    }
  }
}

}  // namespace sluice
