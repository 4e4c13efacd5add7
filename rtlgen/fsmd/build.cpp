#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>

#include "core/arith/floor_div.hpp"
#include "core/kernel/address_tree.hpp"
#include "rtlgen/fsmd/fsmd.hpp"
#include "rtlgen/fsmd/stored_address.hpp"

namespace sluice {
namespace {

/// The narrowest integer type that holds a range.
ScalarType type_of(AffineExpr::Range range) {
  const auto bits = [](std::int64_t value) {
    return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(value)));
  };
  if (range.low >= 0) return ScalarType::unsigned_integer(std::max(1, bits(range.high)));
  return ScalarType::signed_integer(1 + std::max(bits(std::max<std::int64_t>(range.high, 0)), bits(-range.low - 1)));
}

class Builder {
 public:
  Builder(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding,
          const std::vector<ArrayLayout>& layout)
      : kernel_(kernel), scheduled_(nests), binding_(binding), layout_(layout) {
    layout_.resize(kernel.arrays.size());
  }

  Fsmd build() {
    fsmd_.name = kernel_.name;
    fsmd_.token_loops = kernel_.token_loops.size();
    for (std::size_t i = 0; i < kernel_.arrays.size(); ++i) {
      const auto& array = kernel_.arrays[i];
      fsmd_.arrays.push_back({is_word(array) ? ArrayStorage::word : ArrayStorage::memory,
                              {},
                              {},
                              array.type.width(),
                              elements(array, layout_[i]),
                              layout_[i].ring});
    }
    for (const auto& unit : binding_.units) {
      fsmd_.units.push_back({unit, std::vector<std::vector<Transfer>>(unit.spec.operands.size()), {}});
    }
    for (const auto& reg : binding_.registers) fsmd_.registers.push_back({reg, {}, false});
    for (n_ = 0; n_ < kernel_.nests.size(); ++n_) build_nest();
    fsmd_.drains = kernel_.nests.size() > 1;
    return std::move(fsmd_);
  }

 private:
  [[nodiscard]] static std::vector<std::int64_t> elements(const Array& array, const ArrayLayout& layout) {
    const bool as_they_are = layout.ring == 0 && layout.first_row == layout.end_row;
    return as_they_are ? std::vector<std::int64_t>() : stored_elements(array, layout);
  }

  [[nodiscard]] const Nest& nest() const { return kernel_.nests[n_]; }
  [[nodiscard]] const ScheduledNest& scheduled() const { return scheduled_[n_]; }
  [[nodiscard]] int start(Dfg::NodeId node) const { return scheduled().schedule.slot(OperationId(node.index())).cycle; }
  [[nodiscard]] State state(int cycle) const { return {n_, cycle}; }

  void build_nest() {
    trips_ = trip_counts(kernel_, nest());
    const auto& schedule = scheduled().schedule;
    fsmd_.nests.push_back({nest().name, trips_, iterator_names(kernel_, nest()), schedule.ii, schedule.length, {}});
    auto& built = fsmd_.nests.back();
    for (std::size_t loop = 0; loop < trips_.size(); ++loop) {
      built.counters.push_back(std::nullopt);
      if (trips_[loop] == 1) continue;
      const auto expr = AffineExpr::iterator(loop);
      built.counters.back() = tracker(built.loops[loop], expr, type_of(expr.range(trips_)), schedule.ii - 1);
    }
    find_addresses();
    values_.assign(scheduled().dfg.node_count(), {});
    // A value of an earlier iteration may come from an operation that stands later: first all places, then all uses.
    const auto order = nodes_in_body_order();
    for (const auto node : order) values_[node.index()] = place(node);
    for (const auto node : order) build_node(node);
    for (const auto node : scheduled().dfg.nodes()) store_value(node);
  }

  /// What computes addresses of arrays that are not stored row-major counts as they are stored.
  void find_addresses() {
    addressed_.clear();
    for (const auto& op : nest().body) {
      if (op.code != Opcode::lookup || fsmd_.arrays[op.array.index()].elements.empty()) continue;
      const auto tree = address_tree(kernel_, nest(), op);
      if (!tree) continue;
      for (const auto* ids : {&tree->leaves, &tree->selects}) {
        for (const auto id : *ids) addressed_.emplace(id, op.array);
      }
    }
  }

  /// Of an operation's result, as it is built.
  [[nodiscard]] ScalarType built_type(OpId id) const {
    const auto found = addressed_.find(id);
    if (found == addressed_.end()) return nest().op(id).type;
    const auto& layout = layout_[found->second.index()];
    return type_of({0, std::max(layout.ring, element_count(kernel_.array(found->second).shape)) - 1});
  }

  std::vector<Dfg::NodeId> nodes_in_body_order() const {
    std::vector<Dfg::NodeId> order;
    for (const auto node : scheduled().dfg.nodes()) order.push_back(node);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return scheduled().dfg[a].op < scheduled().dfg[b].op; });
    return order;
  }

  /// Where a node's value is when it is made.
  Source place(Dfg::NodeId node) {
    const OpId id = scheduled().dfg[node].op;
    const Op& op = nest().op(id);
    switch (realization(nest(), op)) {
      case Realization::issuer:
        return issuer_value(id);
      case Realization::unit:
        return {Source::Kind::unit, binding_.nests[n_].units[node.index()]->index(), 0};
      case Realization::port:
        return {Source::Kind::read, op.array.index(), 0};
      default:
        break;
    }
    if (op.code == Opcode::constant) return {Source::Kind::constant, 0, op.literal};
    fsmd_.wires.push_back(
        {scheduled().dfg[node].name, state(start(node)), op.code, built_type(id), op.rounding, {}, {}});
    return {Source::Kind::wire, fsmd_.wires.size() - 1, 0};
  }

  Source issuer_value(OpId id) {
    const Op& op = nest().op(id);
    const int advance = scheduled().schedule.ii - 1;
    if (const auto found = addressed_.find(id); found != addressed_.end()) {
      const Array& array = kernel_.array(found->second);
      const ArrayLayout& layout = layout_[found->second.index()];
      const std::int64_t frame = layout.ring > 0 ? element_count(array.shape) : 0;
      return {Source::Kind::tracker,
              tracker(array.name + "_addr", stored_address(array, layout, element_index(op)), built_type(id), advance,
                      layout.ring, frame),
              0};
    }
    if (op.code == Opcode::affine) {
      return {Source::Kind::tracker, tracker(op.name, op.index[0], narrowest(op.index[0], op.type), advance), 0};
    }
    fsmd_.guards.push_back(make_guard(op));
    return {Source::Kind::guard, fsmd_.guards.size() - 1, 0};
  }

  /// What holds an affine value of `type`, once extended: all of its bits only if its range needs them.
  [[nodiscard]] ScalarType narrowest(const AffineExpr& expr, ScalarType type) const {
    const ScalarType needed = type_of(expr.range(trips_));
    return needed.width() < type.width() ? needed : type;
  }

  Guard make_guard(const Op& op) {
    Guard guard{op.name.empty() ? "guard" : op.name, {}, false};
    for (const auto& condition : op.conditions) {
      const auto range = condition.expr.range(trips_);
      const bool zero = condition.kind == Condition::Kind::zero;
      if (zero ? (range.low > 0 || range.high < 0) : range.high < 0) return {guard.name, {}, true};
      if (zero ? (range.low == 0 && range.high == 0) : range.low >= 0) continue;
      guard.tests.push_back(make_test(condition));
    }
    return guard;
  }

  /// A condition on one iterator is a test of its counter; any other a test of a tracker of the expression without its
  /// constant and with a positive leading coefficient, so that both bounds of a window share one.
  Guard::Test make_test(const Condition& condition) {
    using Kind = Guard::Test::Kind;
    AffineExpr linear = condition.expr - AffineExpr(condition.expr.constant());
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < linear.iterator_count(); ++i) {
      if (linear.coefficient(i) == 0) continue;
      if (trips_[i] > 1)
        used.push_back(i);
      else
        linear -= AffineExpr::iterator(i) * linear.coefficient(i);
    }
    const bool zero = condition.kind == Condition::Kind::zero;
    const std::int64_t lead = linear.coefficient(used.front());
    const std::int64_t k = condition.expr.constant();
    if (used.size() == 1 && !(zero && k % lead != 0)) {
      const std::size_t counter = *fsmd_.nests[n_].counters[used[0]];
      if (zero) return {Kind::equal, counter, -k / lead};
      return lead > 0 ? Guard::Test{Kind::at_least, counter, -floor_div(k, lead)}
                      : Guard::Test{Kind::at_most, counter, floor_div(k, -lead)};
    }
    if (lead < 0) linear = linear * -1;
    const std::size_t at =
        tracker(joined_names(used), linear, type_of(linear.range(trips_)), scheduled().schedule.ii - 1);
    if (zero) return {Kind::equal, at, lead < 0 ? k : -k};
    return lead < 0 ? Guard::Test{Kind::at_most, at, k} : Guard::Test{Kind::at_least, at, -k};
  }

  /// "oh_kh": a name for a sum of iterators.
  [[nodiscard]] std::string joined_names(const std::vector<std::size_t>& used) const {
    std::string name;
    for (const auto i : used) name += (name.empty() ? "" : "_") + fsmd_.nests[n_].loops[i];
    return name;
  }

  std::size_t tracker(const std::string& name, const AffineExpr& expr, ScalarType type, int advance,
                      std::int64_t ring = 0, std::int64_t frame = 0) {
    std::vector<std::int64_t> key{
        static_cast<std::int64_t>(n_), type.width(), type.is_signed() ? 1 : 0, advance, ring, frame, expr.constant()};
    for (std::size_t i = 0; i < expr.iterator_count(); ++i) key.push_back(expr.coefficient(i));
    const auto [known, is_new] = known_trackers_.try_emplace(std::move(key), fsmd_.trackers.size());
    if (is_new) fsmd_.trackers.push_back({name.empty() ? "index" : name, n_, expr, type, advance, ring, frame});
    return known->second;
  }

  /// Where an operation that starts in `cycle`, counted from the start of the iteration that makes the value, takes it.
  Source source(Dfg::NodeId node, int cycle) const {
    const Source& made = values_[node.index()];
    if (made.kind == Source::Kind::constant) return made;
    const auto reg = register_at(binding_.nests[n_].storage[node.index()], cycle);
    return reg ? Source{Source::Kind::reg, reg->index(), 0} : made;
  }

  void build_node(Dfg::NodeId node) {
    const auto& dfg = scheduled().dfg;
    const Op& op = nest().op(dfg[node].op);
    std::vector<Source> operands(needed_operands(op));
    for (const auto edge : dfg.in_edges(node)) {
      if (dfg[edge].kind != DfgEdge::Kind::data) continue;
      const int cycle = start(node) + scheduled().schedule.ii * static_cast<int>(dfg[edge].distance);
      operands[static_cast<std::size_t>(dfg[edge].operand)] = source(dfg.source(edge), cycle);
    }
    const Source& made = values_[node.index()];
    if (realization(nest(), op) == Realization::unit) {
      if (binding_.nests[n_].swapped[node.index()]) std::swap(operands.at(0), operands.at(1));
      auto& unit = fsmd_.units[made.index];
      for (std::size_t i = 0; i < operands.size(); ++i) unit.inputs[i].push_back({state(start(node)), operands[i]});
      unit.uses.push_back({state(start(node)), op.code, op.type, op.rounding, unit_mode(nest(), op)});
    } else if (realization(nest(), op) == Realization::port) {
      build_access(op, start(node), operands);
      const bool is_read_now =
          op.code == Opcode::load && scheduled().problem.class_of(OperationId(node.index())).latency == 0;
      auto& storage = fsmd_.arrays[op.array.index()].storage;
      if (is_read_now && storage == ArrayStorage::memory) storage = ArrayStorage::registers;
    } else if (made.kind == Source::Kind::wire) {
      auto& wire = fsmd_.wires[made.index];
      wire.operands = operands;
      for (const auto operand : op.operands) wire.operand_types.push_back(built_type(operand));
    }
  }

  void build_access(const Op& op, int cycle, const std::vector<Source>& operands) {
    auto& array = fsmd_.arrays[op.array.index()];
    if (op.code == Opcode::lookup) {
      array.reads.push_back({state(cycle), operands[0], {}, {}, frame_tracker(op, cycle)});
      return;
    }
    const Source address{Source::Kind::tracker, address_tracker(op, cycle), 0};
    if (op.code == Opcode::load) {
      array.reads.push_back({state(cycle), address, {}, {}, {}});
    } else {
      array.writes.push_back(
          {state(cycle), address, operands[0], operands.size() > 1 ? std::optional(operands[1]) : std::nullopt, {}});
    }
  }

  /// Addresses wrap to the array's address bits: outside the array, nobody looks at what is read. One that is used
  /// before the nest's counters advance follows them; a later one advances as it is used.
  std::size_t address_tracker(const Op& op, int cycle) {
    const Array& array = kernel_.array(op.array);
    const ArrayLayout& layout = layout_[op.array.index()];
    const auto address = stored_address(array, layout, op.index);
    const int advance = std::max(cycle, scheduled().schedule.ii - 1);
    const std::int64_t elements = element_count(array.shape);
    if (layout.ring > 0)
      return tracker(array.name + "_addr", address, type_of({0, layout.ring - 1}), advance, layout.ring, elements);
    const auto type = type_of({0, elements - 1});
    return tracker(array.name + "_addr", address, narrowest(address, type), advance);
  }

  /// Of a lookup by data in a circular buffer: what is looked up counts from where the frame begins.
  std::optional<Source> frame_tracker(const Op& lookup, int cycle) {
    const std::int64_t ring = layout_[lookup.array.index()].ring;
    if (ring == 0 || addressed_.contains(lookup.operands.at(0))) return std::nullopt;
    const Array& array = kernel_.array(lookup.array);
    const int advance = std::max(cycle, scheduled().schedule.ii - 1);
    return Source{Source::Kind::tracker,
                  tracker(array.name + "_frame", AffineExpr(0), type_of({0, ring - 1}), advance, ring,
                          element_count(array.shape)),
                  0};
  }

  void store_value(Dfg::NodeId node) {
    const auto& stretches = binding_.nests[n_].storage[node.index()];
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      const int write = stretches[i].first - 1;
      const Source from = i == 0 ? values_[node.index()] : Source{Source::Kind::reg, stretches[i - 1].reg.index(), 0};
      auto& reg = fsmd_.registers[stretches[i].reg.index()];
      reg.writes.push_back({state(write), from});
      const OpId id = scheduled().dfg[node].op;
      if (addressed_.contains(id)) reg.bound.width = std::max(reg.bound.width, built_type(id).width());
      reg.holds = reg.holds || stretches[i].last > stretches[i].first;
    }
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& scheduled_;
  const Binding& binding_;
  std::vector<ArrayLayout> layout_;
  Fsmd fsmd_;
  std::size_t n_ = 0;
  std::vector<std::int64_t> trips_;
  std::map<OpId, ArrayId> addressed_;  // of the nest: what computes addresses, and of which array
  std::vector<Source> values_;         // where each node's value is when it is made
  std::map<std::vector<std::int64_t>, std::size_t> known_trackers_;  // by all that makes them differ
};

}  // namespace

Fsmd build_fsmd(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding,
                const std::vector<ArrayLayout>& layout) {
  return Builder(kernel, nests, binding, layout).build();
}

std::int64_t own_iterations(const Fsmd& fsmd, std::size_t nest) {
  const auto& trips = fsmd.nests[nest].trips;
  std::int64_t own = 1;
  for (std::size_t loop = fsmd.token_loops; loop < trips.size(); ++loop) own *= trips[loop];
  return own;
}

std::int64_t nest_cycles(const Fsmd& fsmd, std::size_t nest) {
  return (own_iterations(fsmd, nest) - 1) * fsmd.nests[nest].ii + fsmd.nests[nest].length;
}

std::int64_t firing_spacing(const Fsmd& fsmd) {
  if (!fsmd.drains) return own_iterations(fsmd, 0) * fsmd.nests[0].ii;
  std::int64_t cycles = 0;
  for (std::size_t n = 0; n < fsmd.nests.size(); ++n) cycles += nest_cycles(fsmd, n);
  return cycles;
}

std::int64_t frame_cycles(const Fsmd& fsmd) {
  std::int64_t firings = 1;
  for (std::size_t loop = 0; loop < fsmd.token_loops; ++loop) firings *= fsmd.nests[0].trips[loop];
  const std::int64_t last = fsmd.drains ? firing_spacing(fsmd) : nest_cycles(fsmd, 0);
  return (firings - 1) * firing_spacing(fsmd) + last;
}

}  // namespace sluice
