#include "binder/items.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <string>
#include <tuple>

#include "binder/lifetimes.hpp"

namespace sluice {
namespace {

/// What is given a place at once, since there is no choice: a literal, a memory port, an operation's own gates.
using FixedKey = std::tuple<Opcode, std::uint64_t, std::uint64_t>;

int address_bits(const Array& array) {
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(element_count(array.shape) - 1)));
}

/// Values that move through so many registers share them with one another only: a multiplexer in the middle would keep
/// the chain from becoming a shift register or a memory.
constexpr std::size_t kLongChain = 16;

class Collector {
 public:
  Collector(const Kernel& kernel, const std::vector<ScheduledNest>& nests, bool registers)
      : kernel_(kernel), nests_(nests), registers_(registers) {}

  BindingItems run() {
    for (n_ = 0; n_ < nests_.size(); ++n_) add_nest();
    for (const auto& [item, place] : fixed_items_) items_.wiring.put(item, {place, false});
    return std::move(items_);
  }

 private:
  [[nodiscard]] const Nest& nest() const { return kernel_.nests[n_]; }
  [[nodiscard]] const ScheduledNest& scheduled() const { return nests_[n_]; }
  [[nodiscard]] const Op& op(Dfg::NodeId node) const { return nest().op(scheduled().dfg[node].op); }
  [[nodiscard]] int ii() const { return scheduled().schedule.ii; }
  [[nodiscard]] int start(Dfg::NodeId node) const { return scheduled().schedule.slot(OperationId(node.index())).cycle; }

  void add_nest() {
    items_.nests.emplace_back();
    units_.clear();
    stretches_.clear();
    auto& nest_items = items_.nests.back();
    nest_items.stretches.resize(scheduled().dfg.node_count());
    for (const auto node : scheduled().dfg.nodes()) nest_items.of_node.push_back(add_node(node));
    for (const auto node : scheduled().dfg.nodes()) {
      if (registers_) add_stretches(node);
      for (const auto edge : scheduled().dfg.out_edges(node)) link_reader(node, edge);
    }
    nest_items.units = group_demands(ii(), units_);
    nest_items.registers = group_demands(ii(), stretches_);
  }

  ItemId add_node(Dfg::NodeId node) {
    const Op& operation = op(node);
    if (realization(nest(), operation) != Realization::unit) return add_fixed(node);
    const auto& unit_class = scheduled().problem.class_of(OperationId(node.index()));
    const PoolId pool = unit_pool(unit_spec(nest(), operation), unit_class.limit);
    const ItemId item = items_.wiring.add_item(pool, operands_commute(nest(), operation));
    const int taken = unit_class.limit == 0 ? ii() : std::min(unit_class.occupancy, ii());
    units_.push_back({{item, taken}, pool, start(node)});
    return item;
  }

  PoolId unit_pool(const UnitSpec& spec, int limit) {
    const auto [found, fresh] = pool_of_spec_.try_emplace(to_string(spec));
    if (!fresh) return found->second;
    std::vector<int> widths;
    for (const auto type : spec.operands) widths.push_back(type.width());
    found->second = items_.wiring.add_pool(std::move(widths));
    items_.unit_pools.push_back({found->second, spec, limit});
    return found->second;
  }

  ItemId add_fixed(Dfg::NodeId node) {
    const Op& operation = op(node);
    FixedKey key{Opcode::guard, n_, node.index()};
    std::vector<int> inputs;
    if (operation.code == Opcode::constant) key = {operation.code, operation.literal, 0};
    if (operation.array.valid()) {
      const bool writes = operation.code == Opcode::store;
      key = {writes ? Opcode::store : Opcode::load, operation.array.index(), 0};
      inputs.push_back(writes ? kernel_.array(operation.array).type.width()
                              : address_bits(kernel_.array(operation.array)));
    }
    const auto [found, fresh] = fixed_places_.try_emplace(key);
    if (fresh) {
      const PoolId pool = items_.wiring.add_pool(std::move(inputs));
      found->second = {pool, items_.wiring.add_place(pool)};
    }
    const ItemId item = items_.wiring.add_item(found->second.first);
    fixed_items_.emplace_back(item, found->second.second);
    return item;
  }

  void add_stretches(Dfg::NodeId node) {
    const auto spans = stored_spans(nest(), scheduled(), node);
    auto& stretches = items_.nests[n_].stretches[node.index()];
    ItemId before = items_.nests[n_].of_node[node.index()];
    const bool long_chain = spans.size() >= kLongChain;
    for (const auto& span : spans) {
      const PoolId pool = register_pool(op(node).type.width(), long_chain);
      stretches.push_back(items_.wiring.add_item(pool));
      stretches_.push_back({{stretches.back(), span.last - span.first + 1}, pool, span.first});
      items_.wiring.link(before, stretches.back(), 0);
      before = stretches.back();
    }
  }

  PoolId register_pool(int width, bool long_chain) {
    const auto [found, fresh] = register_pools_.try_emplace({width, long_chain});
    if (fresh) {
      found->second = items_.wiring.add_pool({width});
      items_.register_pools.push_back({found->second, width});
    }
    return found->second;
  }

  /// Only readers that may need a multiplexer: units and, of what memory ports take, data.
  void link_reader(Dfg::NodeId node, Dfg::EdgeId edge) {
    const DfgEdge& use = scheduled().dfg[edge];
    if (use.kind != DfgEdge::Kind::data) return;
    const auto reader = scheduled().dfg.target(edge);
    const Op& reading = op(reader);
    const bool of_port = (reading.code == Opcode::store || reading.code == Opcode::lookup) && use.operand == 0;
    if (!of_port && realization(nest(), reading) != Realization::unit) return;
    const int cycle = start(reader) + ii() * static_cast<int>(use.distance);
    items_.wiring.link(holder(node, cycle), items_.nests[n_].of_node[reader.index()], use.operand);
  }

  /// What holds a node's value in a cycle: the stretch of that cycle, or the operation itself when it is made.
  [[nodiscard]] ItemId holder(Dfg::NodeId node, int cycle) const {
    const auto& stretches = items_.nests[n_].stretches[node.index()];
    const ItemId made = items_.nests[n_].of_node[node.index()];
    if (stretches.empty()) return made;
    const int since = cycle - ready_cycle(nest(), scheduled(), node) - 1;
    return since < 0 ? made : stretches[static_cast<std::size_t>(since / ii())];
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& nests_;
  bool registers_;
  std::size_t n_ = 0;
  BindingItems items_;
  std::vector<TimedDemand> units_, stretches_;  // of the nest at hand
  std::map<std::string, PoolId> pool_of_spec_;
  std::map<std::pair<int, bool>, PoolId> register_pools_;  // by width and being for long chains
  std::map<FixedKey, std::pair<PoolId, PlaceId>> fixed_places_;
  std::vector<std::pair<ItemId, PlaceId>> fixed_items_;
};

}  // namespace

BindingItems collect_items(const Kernel& kernel, const std::vector<ScheduledNest>& nests, bool registers) {
  return Collector(kernel, nests, registers).run();
}

}  // namespace sluice
