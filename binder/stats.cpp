#include "binder/stats.hpp"

#include <algorithm>
#include <bit>
#include <set>
#include <tuple>

namespace sluice {
namespace {

/// What a wire comes from: a register, a unit, read data, a literal, an expression of a nest's counters, or a node's
/// own gates.
struct WireSource {
  enum class Kind : std::uint8_t { reg, unit, read, literal, counters, gates };
  Kind kind = Kind::gates;
  std::uint64_t number = 0;  ///< of the thing, or the literal's bits
  std::size_t nest = 0;
  std::string expression;
  int advance = 0;  ///< cycle in which the counters' expression moves on
  auto operator<=>(const WireSource&) const = default;
};

/// An input of the datapath.
struct WireSink {
  enum class Kind : std::uint8_t { unit, reg, read_address, write_address, write_data };
  Kind kind = Kind::unit;
  std::size_t number = 0;
  int input = 0;  ///< of a unit
  auto operator<=>(const WireSink&) const = default;
};

struct Multiplexer {
  int bits = 1;
  std::set<WireSource> sources;
};

int address_bits(const Array& array) {
  return std::max(1, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(element_count(array.shape) - 1))));
}

class Counter {
 public:
  Counter(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding, const Target& target)
      : kernel_(kernel), nests_(nests), binding_(binding), target_(target) {}

  BindingStats run() {
    for (n_ = 0; n_ < nests_.size(); ++n_) {
      for (const auto node : dfg().nodes()) count_node(node);
    }
    count_units();
    count_registers();
    for (const auto& [sink, multiplexer] : multiplexers_) count_multiplexer(sink.kind, multiplexer);
    return stats_;
  }

 private:
  using Node = Dfg::NodeId;

  [[nodiscard]] const Nest& nest() const { return kernel_.nests[n_]; }
  [[nodiscard]] const Dfg& dfg() const { return nests_[n_].dfg; }
  [[nodiscard]] int ii() const { return nests_[n_].schedule.ii; }
  [[nodiscard]] const Op& op(Node node) const { return nest().op(dfg()[node].op); }
  [[nodiscard]] int start(Node node) const { return nests_[n_].schedule.slot(OperationId(node.index())).cycle; }
  [[nodiscard]] const std::vector<Stretch>& storage(Node node) const {
    return binding_.nests[n_].storage[node.index()];
  }

  /// Where a value is when it is made.
  [[nodiscard]] WireSource made(Node node) const {
    using Kind = WireSource::Kind;
    const Op& operation = op(node);
    if (const auto unit = binding_.nests[n_].units[node.index()]) return {Kind::unit, unit->index(), 0, "", 0};
    if (operation.code == Opcode::constant) return {Kind::literal, operation.literal, 0, "", 0};
    if (operation.array.valid()) return {Kind::read, operation.array.index(), 0, "", 0};
    if (operation.code == Opcode::affine) return counters(operation.index[0], 0, ii() - 1);
    return {Kind::gates, node.index(), n_, "", 0};
  }

  /// Of the same bits where the expression, its moment and the bits of an address are the same; 0: a value.
  [[nodiscard]] WireSource counters(const AffineExpr& expr, int bits, int advance) const {
    return {WireSource::Kind::counters, static_cast<std::uint64_t>(bits), n_,
            to_string(expr, iterator_names(kernel_, nest())), advance};
  }

  void connect(WireSink sink, int bits, WireSource source) {
    auto& multiplexer = multiplexers_[sink];
    multiplexer.bits = bits;
    multiplexer.sources.insert(std::move(source));
  }

  void count_node(Node node) {
    for (const auto edge : dfg().in_edges(node)) {
      if (dfg()[edge].kind == DfgEdge::Kind::data) count_operand(node, edge);
    }
    const Op& operation = op(node);
    if (operation.code == Opcode::load || operation.code == Opcode::store) {
      const Array& array = kernel_.array(operation.array);
      const int advance = std::max(start(node), ii() - 1);
      const auto kind = operation.code == Opcode::store ? WireSink::Kind::write_address : WireSink::Kind::read_address;
      connect({kind, operation.array.index(), 0}, address_bits(array),
              counters(linear_address(array, operation.index), address_bits(array), advance));
    }
    const auto& stretches = storage(node);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      const auto from = i == 0 ? made(node) : WireSource{WireSource::Kind::reg, stretches[i - 1].reg.index(), 0, "", 0};
      connect({WireSink::Kind::reg, stretches[i].reg.index(), 0}, binding_.registers[stretches[i].reg.index()].width,
              from);
      stats_.unshared_register_bits += op(node).type.width();
      if (stretches.size() > 1) in_chains_.insert(stretches[i].reg);
    }
  }

  void count_operand(Node node, Dfg::EdgeId edge) {
    const Op& operation = op(node);
    const Node from = dfg().source(edge);
    const int operand = dfg()[edge].operand;
    const auto reg = op(from).code == Opcode::constant
                         ? std::nullopt
                         : register_at(storage(from), start(node) + ii() * static_cast<int>(dfg()[edge].distance));
    const auto source = reg ? WireSource{WireSource::Kind::reg, reg->index(), 0, "", 0} : made(from);
    if (const auto unit = binding_.nests[n_].units[node.index()]) {
      const int input = binding_.nests[n_].swapped[node.index()] ? 1 - operand : operand;
      const auto& spec = binding_.units[unit->index()].spec;
      connect({WireSink::Kind::unit, unit->index(), input}, spec.operands[static_cast<std::size_t>(input)].width(),
              source);
    } else if (operation.code == Opcode::store && operand == 0) {
      connect({WireSink::Kind::write_data, operation.array.index(), 0}, operation.type.width(), source);
    } else if (operation.code == Opcode::lookup) {
      connect({WireSink::Kind::read_address, operation.array.index(), 0}, address_bits(kernel_.array(operation.array)),
              source);
    }
  }

  void count_units() {
    std::vector<int> operations(binding_.units.size(), 0);
    for (const auto& nest : binding_.nests) {
      for (const auto& unit : nest.units) {
        if (unit) ++operations[unit->index()];
      }
    }
    for (std::size_t i = 0; i < operations.size(); ++i) {
      const UnitSpec& spec = binding_.units[i].spec;
      const UnitFigures figures = target_.figures(spec.unit, figure_type(spec.operands, spec.result));
      auto& kind = stats_.units[spec.unit];
      ++kind.units;
      kind.operations += operations[i];
      kind.most_on_one = std::max(kind.most_on_one, operations[i]);
      kind.area += figures.area;
      kind.unshared_area += figures.area * operations[i];
      kind.dsp += figures.dsp;
    }
  }

  void count_registers() {
    stats_.registers = static_cast<int>(binding_.registers.size());
    for (const auto& reg : binding_.registers) stats_.register_bits += reg.width;
    stats_.chain_registers = static_cast<int>(in_chains_.size());
    for (const auto& reg : in_chains_) stats_.chain_bits += binding_.registers[reg.index()].width;
  }

  void count_multiplexer(WireSink::Kind kind, const Multiplexer& multiplexer) {
    auto& stats = kind == WireSink::Kind::unit  ? stats_.at_units
                  : kind == WireSink::Kind::reg ? stats_.at_registers
                                                : stats_.at_memories;
    const int inputs = static_cast<int>(multiplexer.sources.size());
    stats.widest = std::max(stats.widest, inputs);
    if (inputs < 2) return;
    ++stats.count;
    stats.inputs += inputs;
    stats.bits += std::int64_t{multiplexer.bits} * (inputs - 1);
  }

  const Kernel& kernel_;
  const std::vector<ScheduledNest>& nests_;
  const Binding& binding_;
  const Target& target_;
  std::size_t n_ = 0;
  std::map<WireSink, Multiplexer> multiplexers_;
  std::set<RegisterId> in_chains_;
  BindingStats stats_;
};

}  // namespace

BindingStats::Units BindingStats::all_units() const {
  Units all;
  for (const auto& [kind, use] : units) {
    all.units += use.units;
    all.operations += use.operations;
    all.most_on_one = std::max(all.most_on_one, use.most_on_one);
    all.area += use.area;
    all.unshared_area += use.unshared_area;
    all.dsp += use.dsp;
  }
  return all;
}

BindingStats binding_stats(const Kernel& kernel, const std::vector<ScheduledNest>& nests, const Binding& binding,
                           const Target& target) {
  return Counter(kernel, nests, binding, target).run();
}

}  // namespace sluice
