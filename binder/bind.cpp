#include <fmt/format.h>

#include <map>

#include "binder/allocate.hpp"
#include "binder/binding.hpp"
#include "binder/combinational.hpp"
#include "binder/lifetimes.hpp"
#include "binder/names.hpp"
#include "scheduler/unit_timing.hpp"

namespace sluice {
namespace {

/// Reads off the binding from items that all have places. Places that nothing is in are left out.
class Writer {
 public:
  Writer(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const BindingItems& items, const Target& target,
         double clock_ns)
      : kernel_(kernel), nests_(nests), items_(items), target_(target), clock_ns_(clock_ns) {}

  Binding run() {
    for (const auto& nest : items_.nests) note_used(nest);
    add_units();
    for (n_ = 0; n_ < nests_.size(); ++n_) name_registers();
    for (const auto& pool : items_.register_pools) add_registers(pool);
    for (n_ = 0; n_ < nests_.size(); ++n_) add_nest();
    return std::move(binding_);
  }

 private:
  [[nodiscard]] Position position(ItemId item) const { return items_.wiring.position(item); }
  [[nodiscard]] const Op& op(Dfg::NodeId node) const { return kernel_.nests[n_].op(nests_[n_].dfg[node].op); }
  [[nodiscard]] bool is_unit(Dfg::NodeId node) const {
    return realization(kernel_.nests[n_], op(node)) == Realization::unit;
  }

  void note_used(const BindingItems::NestItems& nest) {
    for (const auto* demands : {&nest.units, &nest.registers}) {
      for (const auto& group : demands->groups) {
        for (const auto& demand : group.demands) number_.emplace(position(demand.item).place, 0);
      }
    }
  }

  /// "fp_add_0", "fp_add_1", ... whatever the types, each timed as it was for the schedule.
  void add_units() {
    std::map<std::string, int> count;
    for (const auto& [pool, spec, limit] : items_.unit_pools) {
      const UnitTiming timing = unit_timing(kernel_, spec, limit, target_, clock_ns_);
      for (const auto place : items_.wiring.places(pool)) {
        const auto found = number_.find(place);
        if (found == number_.end()) continue;
        found->second = binding_.units.size();
        const std::string name = names_.unique(fmt::format("{}_{}", spec.unit, count[spec.unit]++));
        binding_.units.push_back({name, spec, timing});
      }
    }
  }

  /// A register is called like the first value in it.
  void name_registers() {
    for (const auto node : nests_[n_].dfg.nodes()) {
      const std::string& wish = op(node).name.empty() ? nests_[n_].dfg[node].name : op(node).name;
      for (const auto item : items_.nests[n_].stretches[node.index()]) {
        const auto [name, fresh] = register_names_.try_emplace(position(item).place);
        if (fresh) name->second = names_.unique(wish);
      }
    }
  }

  void add_registers(const BindingItems::RegisterPool& pool) {
    for (const auto place : items_.wiring.places(pool.pool)) {
      const auto found = number_.find(place);
      if (found == number_.end()) continue;
      found->second = binding_.registers.size();
      binding_.registers.push_back({register_names_.at(place), pool.width});
    }
  }

  void add_nest() {
    const auto& nest = items_.nests[n_];
    const std::size_t count = nest.of_node.size();
    NestBinding bound{std::vector<std::optional<UnitId>>(count), std::vector<bool>(count),
                      std::vector<std::vector<Stretch>>(count)};
    for (const auto node : nests_[n_].dfg.nodes()) {
      if (is_unit(node)) {
        const Position at = position(nest.of_node[node.index()]);
        bound.units[node.index()] = UnitId(number_.at(at.place));
        bound.swapped[node.index()] = at.swapped;
      }
      const auto spans = stored_spans(kernel_.nests[n_], nests_[n_], node);
      for (std::size_t i = 0; i < spans.size(); ++i) {
        const PlaceId place = position(nest.stretches[node.index()][i]).place;
        bound.storage[node.index()].push_back({RegisterId(number_.at(place)), spans[i].first, spans[i].last});
      }
    }
    binding_.nests.push_back(std::move(bound));
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& nests_;
  const BindingItems& items_;
  const Target& target_;
  double clock_ns_;
  std::size_t n_ = 0;
  NameTable names_;
  std::map<PlaceId, std::size_t> number_;  // of the unit or register that a place becomes
  std::map<PlaceId, std::string> register_names_;
  Binding binding_;
};

/// Puts all operations on the units that they have in `from`, whose pools are numbered alike.
void copy_units(const BindingItems& from, BindingItems& to) {
  std::map<PlaceId, PlaceId> place_in_to;
  for (std::size_t i = 0; i < from.unit_pools.size(); ++i) {
    for (const auto place : from.wiring.places(from.unit_pools[i].pool)) {
      place_in_to.emplace(place, to.wiring.add_place(to.unit_pools[i].pool));
    }
  }
  for (std::size_t n = 0; n < from.nests.size(); ++n) {
    const auto& groups = from.nests[n].units.groups;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (std::size_t k = 0; k < groups[g].demands.size(); ++k) {
        const Position at = from.wiring.position(groups[g].demands[k].item);
        to.wiring.put(to.nests[n].units.groups[g].demands[k].item, {place_in_to.at(at.place), at.swapped});
      }
    }
  }
}

}  // namespace

Binding bind(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Target& target,
             const BindingOptions& options) {
  BindingItems first = collect_items(kernel, nests, false);
  allocate_units(first);
  improve_allocation(first, options.rounds);
  BindingItems items = collect_items(kernel, nests, true);
  copy_units(first, items);
  allocate_registers(items);
  improve_allocation(items, options.rounds);
  Binding binding = Writer(kernel, nests, items, target, options.clock_ns).run();
  break_combinational_cycles(kernel, nests, binding);
  return binding;
}

}  // namespace sluice
