#include "binder/units.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "binder/sources.hpp"
#include "binder/timetable.hpp"

namespace sluice {
namespace {

class UnitAssigner {
 public:
  UnitAssigner(const Kernel& kernel, const std::vector<ScheduledNest>& nests) : kernel_(kernel), nests_(nests) {}

  UnitAssignment run() {
    for (std::size_t n = 0; n < nests_.size(); ++n) provide(n);
    for (std::size_t n = 0; n < nests_.size(); ++n) assign(n);
    return std::move(result_);
  }

 private:
  /// What the assigner knows of a unit besides its place in the result.
  struct State {
    std::set<std::pair<std::size_t, WireSource>> connections;  // operand and what feeds it
    int uses = 0;
    std::optional<Timetable> taken;  // in the nest at hand; none: not at all
  };

  [[nodiscard]] OperationId operation(Dfg::NodeId node) const { return OperationId(node.index()); }
  [[nodiscard]] const Op& op(std::size_t n, Dfg::NodeId node) const {
    return kernel_.nests[n].op(nests_[n].dfg[node].op);
  }

  /// The nest's nodes that need units, by start.
  [[nodiscard]] std::vector<Dfg::NodeId> unit_nodes(std::size_t n) const {
    std::vector<Dfg::NodeId> nodes;
    for (const auto node : nests_[n].dfg.nodes()) {
      if (realization(kernel_.nests[n], op(n, node)) == Realization::unit) nodes.push_back(node);
    }
    std::stable_sort(nodes.begin(), nodes.end(), [&](auto a, auto b) {
      return nests_[n].schedule.slot(operation(a)).cycle < nests_[n].schedule.slot(operation(b)).cycle;
    });
    return nodes;
  }

  /// Creates units so that the nest has as many of each spec as it uses at once.
  void provide(std::size_t n) {
    const auto& [dfg, problem, schedule] = nests_[n];
    std::vector<std::vector<int>> use(problem.classes.size());  // by class and cycle modulo ii
    std::vector<std::size_t> total(problem.classes.size(), 0);
    std::vector<std::optional<UnitSpec>> specs(problem.classes.size());
    for (const auto node : unit_nodes(n)) {
      const std::size_t c = problem.operations[node.index()].unit_class.index();
      if (!specs[c]) specs[c] = unit_spec(kernel_.nests[n], op(n, node));
      use[c].resize(static_cast<std::size_t>(schedule.ii), 0);
      ++total[c];
      for (int i = 0; i < problem.classes[c].occupancy; ++i) {
        ++use[c][static_cast<std::size_t>((schedule.slot(operation(node)).cycle + i) % schedule.ii)];
      }
    }
    for (std::size_t c = 0; c < specs.size(); ++c) {
      if (!specs[c]) continue;
      const auto most = static_cast<std::size_t>(*std::max_element(use[c].begin(), use[c].end()));
      const std::size_t wanted = problem.classes[c].limit == 0 ? total[c] : most;
      for (std::size_t have = units_of(*specs[c]).size(); have < wanted; ++have)
        add(*specs[c], problem.classes[c].limit);
    }
  }

  [[nodiscard]] std::vector<UnitId> units_of(const UnitSpec& spec) const {
    std::vector<UnitId> found;
    for (const auto id : id_range<UnitId>(result_.units.size())) {
      if (result_.units[id.index()].spec == spec) found.push_back(id);
    }
    return found;
  }

  UnitId add(const UnitSpec& spec, int limit) {
    result_.units.push_back({spec, limit});
    states_.emplace_back();
    return UnitId(result_.units.size() - 1);
  }

  void assign(std::size_t n) {
    for (auto& state : states_) state.taken.reset();
    result_.of_node.emplace_back(nests_[n].dfg.node_count());
    // The units of a class, looked up once for all its operations.
    std::vector<std::vector<UnitId>> candidates(nests_[n].problem.classes.size());
    for (const auto node : unit_nodes(n)) {
      const ClassId unit_class = nests_[n].problem.operations[node.index()].unit_class;
      auto& units = candidates[unit_class.index()];
      if (units.empty()) units = units_of(unit_spec(kernel_.nests[n], op(n, node)));
      const auto sources = operand_sources(n, node);
      auto chosen = cheapest(n, node, units, sources);
      if (!chosen) {
        // Occupancies above 1 that overlap in a circle can need more units than are in use at any one time.
        chosen = add(unit_spec(kernel_.nests[n], op(n, node)), nests_[n].problem.class_of(operation(node)).limit);
        units.push_back(*chosen);
      }
      take(n, node, *chosen, sources);
    }
  }

  [[nodiscard]] std::vector<std::pair<std::size_t, WireSource>> operand_sources(std::size_t n, Dfg::NodeId node) const {
    std::vector<std::pair<std::size_t, WireSource>> sources;
    for (const auto edge : nests_[n].dfg.in_edges(node)) {
      const DfgEdge& use = nests_[n].dfg[edge];
      if (use.kind != DfgEdge::Kind::data) continue;
      const auto from = nests_[n].dfg.source(edge);
      sources.emplace_back(static_cast<std::size_t>(use.operand),
                           wire_source(kernel_.nests[n], n, nests_[n].dfg, from, result_.of_node[n][from.index()]));
    }
    return sources;
  }

  [[nodiscard]] std::optional<UnitId> cheapest(std::size_t n, Dfg::NodeId node, const std::vector<UnitId>& units,
                                               const std::vector<std::pair<std::size_t, WireSource>>& sources) const {
    const auto& unit_class = nests_[n].problem.class_of(operation(node));
    const int start = nests_[n].schedule.slot(operation(node)).cycle;
    std::optional<std::tuple<std::int64_t, int, UnitId>> best;
    for (const auto id : units) {
      const State& state = states_[id.index()];
      if (state.taken && (unit_class.limit == 0 || !state.taken->is_free(start, unit_class.occupancy))) continue;
      const auto missing = std::count_if(sources.begin(), sources.end(),
                                         [&](const auto& source) { return !state.connections.contains(source); });
      const std::tuple cost(std::int64_t{missing}, state.uses, id);
      if (!best || cost < *best) best = cost;
    }
    if (!best) return std::nullopt;
    return std::get<UnitId>(*best);
  }

  void take(std::size_t n, Dfg::NodeId node, UnitId id,
            const std::vector<std::pair<std::size_t, WireSource>>& sources) {
    State& state = states_[id.index()];
    state.connections.insert(sources.begin(), sources.end());
    ++state.uses;
    if (!state.taken) state.taken.emplace(nests_[n].schedule.ii);
    state.taken->take(nests_[n].schedule.slot(operation(node)).cycle,
                      nests_[n].problem.class_of(operation(node)).occupancy);
    result_.of_node[n][node.index()] = id;
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& nests_;
  UnitAssignment result_;
  std::vector<State> states_;
};

}  // namespace

UnitAssignment assign_units(const Kernel& kernel, const std::vector<ScheduledNest>& nests) {
  return UnitAssigner(kernel, nests).run();
}

}  // namespace sluice
