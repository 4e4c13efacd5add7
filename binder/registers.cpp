#include "binder/registers.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "binder/cyclic_intervals.hpp"
#include "binder/lifetimes.hpp"
#include "binder/sources.hpp"

namespace sluice {
namespace {

/// A span of one value that needs a register.
struct Demand {
  Dfg::NodeId node;
  std::size_t stretch = 0;  // which of the node's
  int first = 0;            // slot, counted from the cut
  int length = 1;
};

class RegisterAssigner {
 public:
  RegisterAssigner(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const UnitAssignment& units,
                   NameTable& names)
      : kernel_(kernel), nests_(nests), units_(units), names_(names) {}

  RegisterAssignment run() {
    for (n_ = 0; n_ < nests_.size(); ++n_) assign_nest();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const Nest& nest() const { return kernel_.nests[n_]; }
  [[nodiscard]] const ScheduledNest& scheduled() const { return nests_[n_]; }
  [[nodiscard]] const Op& op(Dfg::NodeId node) const { return nest().op(scheduled().dfg[node].op); }

  void assign_nest() {
    const int ii = scheduled().schedule.ii;
    result_.storage.emplace_back(scheduled().dfg.node_count());
    tracks_.assign(result_.registers.size(), Track(ii));
    std::map<int, std::vector<Demand>> by_width;
    for (const auto node : scheduled().dfg.nodes()) {
      const auto spans = stored_spans(nest(), scheduled(), node);
      for (std::size_t i = 0; i < spans.size(); ++i) {
        const Span& span = spans[i];
        storage(node).push_back({RegisterId{}, span.first, span.last});
        by_width[op(node).type.width()].push_back({node, i, span.first % ii, span.last - span.first + 1});
      }
    }
    for (auto& [width, demands] : by_width) assign_width(width, demands);
  }

  void assign_width(int width, std::vector<Demand>& demands) {
    const int ii = scheduled().schedule.ii;
    std::vector<Arc> arcs;
    for (const auto& demand : demands) arcs.push_back({demand.first, demand.length});
    const int cut = best_cut(arcs, ii);
    for (auto& demand : demands) demand.first = (demand.first - cut + ii) % ii;
    std::stable_sort(demands.begin(), demands.end(), [&](const Demand& a, const Demand& b) {
      const bool a_crosses = a.first + a.length > ii;
      const bool b_crosses = b.first + b.length > ii;
      return a_crosses != b_crosses ? a_crosses : a.first < b.first;
    });
    for (const auto& demand : demands) {
      const WireSource source = source_of(demand);
      const RegisterId reg = choose(width, demand, source);
      tracks_[reg.index()].put(demand.first, demand.length);
      sources_[reg.index()].insert(source);
      storage(demand.node)[demand.stretch].reg = reg;
    }
  }

  std::vector<Stretch>& storage(Dfg::NodeId node) { return result_.storage[n_][node.index()]; }

  /// The register before it, once that is known; the operation stands for it until then.
  [[nodiscard]] WireSource source_of(const Demand& demand) {
    if (demand.stretch > 0) {
      const RegisterId before = storage(demand.node)[demand.stretch - 1].reg;
      if (before.valid()) return {WireSource::Kind::reg, before.index(), 0};
    }
    return wire_source(nest(), n_, scheduled().dfg, demand.node, units_.of_node[n_][demand.node.index()]);
  }

  RegisterId choose(int width, const Demand& demand, const WireSource& source) {
    std::optional<RegisterId> first_free;
    for (const auto id : of_width_[width]) {
      if (!tracks_[id.index()].fits(demand.first, demand.length)) continue;
      if (sources_[id.index()].contains(source)) return id;
      if (!first_free) first_free = id;
    }
    return first_free ? *first_free : add(width, demand.node);
  }

  RegisterId add(int width, Dfg::NodeId node) {
    const std::string& wish = op(node).name.empty() ? scheduled().dfg[node].name : op(node).name;
    const RegisterId id(result_.registers.size());
    result_.registers.push_back({names_.unique(wish), width});
    tracks_.emplace_back(scheduled().schedule.ii);
    sources_.emplace_back();
    of_width_[width].push_back(id);
    return id;
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& nests_;
  const UnitAssignment& units_;
  NameTable& names_;
  std::size_t n_ = 0;
  RegisterAssignment result_;
  std::vector<Track> tracks_;                  // for each register, in the nest at hand
  std::vector<std::set<WireSource>> sources_;  // for each register, in all nests
  std::map<int, std::vector<RegisterId>> of_width_;
};

}  // namespace

RegisterAssignment assign_registers(const Kernel& kernel, const std::vector<ScheduledNest>& nests,
                                    const UnitAssignment& units, NameTable& names) {
  return RegisterAssigner(kernel, nests, units, names).run();
}

}  // namespace sluice
