#include "frontend/loops/integer_ranges.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>

namespace sluice {
namespace {

/// Ranges of delays depend on what comes after them: so many times, the ranges found before are taken for them.
constexpr int kMostRounds = 4;

IntegerRange hull(const IntegerRange& a, const IntegerRange& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

IntegerRange range_of(ScalarType type, std::uint64_t bits) {
  const WideInteger value = type.is_signed() ? WideInteger{to_int64(type, bits)} : WideInteger{bits};
  return {value, value};
}

std::optional<IntegerRange> product(const IntegerRange& a, const IntegerRange& b) {
  std::optional<IntegerRange> range;
  for (const auto x : {a.low, a.high}) {
    for (const auto y : {b.low, b.high}) {
      WideInteger exact = 0;
      if (__builtin_mul_overflow(x, y, &exact)) return std::nullopt;
      range = range ? hull(*range, {exact, exact}) : IntegerRange{exact, exact};
    }
  }
  return range;
}

int shift_amount(WideInteger amount) { return static_cast<int>(std::clamp<WideInteger>(amount, 0, 127)); }

/// The least 2^n - 1 that is not below a value from 0 to 2^64 - 1.
WideInteger all_ones(WideInteger value) {
  return low_bits(static_cast<int>(std::bit_width(static_cast<std::uint64_t>(value))));
}

/// A running result: fold = op(select(first, initial, before), term) of `distance` iterations ago.
struct Recurrence {
  OpId initial;
  OpId term;
  bool subtracts = false;
  std::int64_t terms = 0;  ///< folded into one result, at most; at least 1
};

/// Iterations of a chain of `distance` apart, from one where the guard holds to the next. The guard asks for the first
/// iteration of some loops; then each run of the outermost of them begins with as many such iterations as the loops
/// within the innermost of them have.
std::optional<std::int64_t> chain_length(const Kernel& kernel, const Nest& nest, const Op& guard,
                                         std::int64_t distance) {
  std::size_t outermost = trip_counts(kernel, nest).size();
  std::size_t innermost = 0;
  for (const auto& condition : guard.conditions) {
    const std::size_t count = condition.expr.iterator_count();
    if (condition.kind != Condition::Kind::zero || count <= kernel.token_loops.size()) return std::nullopt;
    if (condition.expr != AffineExpr::iterator(count - 1)) return std::nullopt;
    outermost = std::min(outermost, count - 1);
    innermost = std::max(innermost, count - 1);
  }
  if (guard.conditions.empty()) return 1;
  std::int64_t period = 1;
  std::int64_t starts = 1;
  for (std::size_t i = outermost; i < kernel.token_loops.size() + nest.loops.size(); ++i) {
    const std::int64_t trip = nest.loops[i - kernel.token_loops.size()].trip;
    period *= trip;
    if (i > innermost) starts *= trip;
  }
  if (starts < distance) return std::nullopt;
  return (period + distance - 1) / distance;
}

std::optional<Recurrence> recurrence_of(const Kernel& kernel, const Nest& nest, OpId delay) {
  const Op& before = nest.op(delay);
  const Op& fold = nest.op(before.operands[0]);
  if (fold.operands.size() != 2 || fold.operands[0] == fold.operands[1]) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) {
    const Op& start = nest.op(fold.operands[i]);
    if (start.code != Opcode::select || start.operands[2] != delay || start.operands[1] == delay) continue;
    const Op& guard = nest.op(start.operands[0]);
    const bool additive = fold.code == Opcode::add || (fold.code == Opcode::subtract && i == 0);
    const bool extreme = fold.code == Opcode::minimum || fold.code == Opcode::maximum;
    if (guard.code != Opcode::guard || (!additive && !extreme)) continue;
    const auto terms = extreme ? 1 : chain_length(kernel, nest, guard, before.distance);
    if (!terms) continue;
    return Recurrence{start.operands[1], fold.operands[1 - i], fold.code == Opcode::subtract, *terms};
  }
  return std::nullopt;
}

class Analysis {
 public:
  Analysis(const Kernel& kernel, const Nest& nest)
      : kernel_(kernel), nest_(nest), trips_(trip_counts(kernel, nest)), ranges_(nest.body.size()) {
    for (const auto id : id_range<OpId>(nest.body.size())) {
      const Op& op = nest.op(id);
      if (op.code != Opcode::delay || !op.type.is_integer()) continue;
      has_delays_ = true;
      if (const auto found = recurrence_of(kernel, nest, id)) folds_.emplace(op.operands[0], *found);
    }
  }

  std::vector<IntegerRange> run() {
    for (int round = 0; round < kMostRounds; ++round) {
      const auto before = ranges_;
      for (const auto id : id_range<OpId>(nest_.body.size())) {
        const Op& op = nest_.op(id);
        if (!op.type.is_integer() || op.code == Opcode::store) continue;
        if (op.code == Opcode::delay) {
          ranges_[id.index()] = round == 0 ? range_of(op.type) : before[op.operands[0].index()];
          continue;
        }
        // What does not fit is wrapped, and can be anything.
        const auto exact = value_of(op);
        const IntegerRange all = range_of(op.type);
        ranges_[id.index()] = exact && all.contains(*exact) ? *exact : all;
        if (const auto fold = folds_.find(id); fold != folds_.end()) fold_terms(id, fold->second);
      }
      if (!has_delays_ || ranges_ == before) break;
    }
    return std::move(ranges_);
  }

 private:
  [[nodiscard]] const IntegerRange& operand(const Op& op, std::size_t i) const {
    return ranges_[op.operands[i].index()];
  }

  /// Partial results are between those after the first and after the last term.
  void fold_terms(OpId id, const Recurrence& recurrence) {
    const Op& op = nest_.op(id);
    const IntegerRange initial = ranges_[recurrence.initial.index()];
    IntegerRange term = ranges_[recurrence.term.index()];
    IntegerRange range = hull(initial, term);
    if (op.code == Opcode::add || op.code == Opcode::subtract) {
      if (recurrence.subtracts) term = {-term.high, -term.low};
      const auto all = product(term, {recurrence.terms, recurrence.terms});
      if (!all) return;
      range = {initial.low + std::min(term.low, all->low), initial.high + std::max(term.high, all->high)};
    }
    IntegerRange& known = ranges_[id.index()];
    if (!range_of(op.type).contains(range)) return;
    known = {std::max(known.low, range.low), std::min(known.high, range.high)};
  }

  std::optional<IntegerRange> value_of(const Op& op) {
    switch (op.code) {
      case Opcode::constant:
        return range_of(op.type, op.literal);
      case Opcode::affine: {
        const auto [low, high] = op.index[0].range(trips_);
        return IntegerRange{low, high};
      }
      case Opcode::guard:
        return range_of(op.type);
      case Opcode::load:
      case Opcode::lookup:
        return contents_of(op.array);
      case Opcode::select:
        return hull(operand(op, 1), operand(op, 2));
      case Opcode::convert:
        if (nest_.op(op.operands[0]).type.is_float()) return std::nullopt;
        return operand(op, 0);
      case Opcode::bitcast:
        return std::nullopt;
      default:
        break;
    }
    if (nest_.op(op.operands[0]).type.is_float()) return std::nullopt;  // a comparison
    return op.operands.size() == 1 ? unary(op.code, operand(op, 0)) : binary(op, operand(op, 0), operand(op, 1));
  }

  std::optional<IntegerRange> contents_of(ArrayId id) {
    const Array& array = kernel_.array(id);
    if (!array.contents) return std::nullopt;
    const auto [place, is_new] = contents_.try_emplace(id);
    if (!is_new) return place->second;
    place->second = contents_range(array);
    return place->second;
  }

  static std::optional<IntegerRange> unary(Opcode code, const IntegerRange& a) {
    switch (code) {
      case Opcode::negate:
        return IntegerRange{-a.high, -a.low};
      case Opcode::bit_not:
        return IntegerRange{-a.high - 1, -a.low - 1};
      case Opcode::absolute:
        if (a.low >= 0) return a;
        return IntegerRange{a.high <= 0 ? -a.high : 0, std::max(-a.low, a.high)};
      default:
        return std::nullopt;
    }
  }

  static std::optional<IntegerRange> binary(const Op& op, const IntegerRange& a, const IntegerRange& b) {
    switch (op.code) {
      case Opcode::add:
        return IntegerRange{a.low + b.low, a.high + b.high};
      case Opcode::subtract:
        return IntegerRange{a.low - b.high, a.high - b.low};
      case Opcode::multiply:
        return product(a, b);
      case Opcode::minimum:
        return IntegerRange{std::min(a.low, b.low), std::min(a.high, b.high)};
      case Opcode::maximum:
        return IntegerRange{std::max(a.low, b.low), std::max(a.high, b.high)};
      case Opcode::less:
        return truth(a.high < b.low, a.low >= b.high);
      case Opcode::less_equal:
        return truth(a.high <= b.low, a.low > b.high);
      case Opcode::equal:
        return truth(a == b && a.low == a.high, a.high < b.low || a.low > b.high);
      case Opcode::shift_left: {
        if (b.high >= op.type.width()) return std::nullopt;
        return product(a, {WideInteger{1} << shift_amount(b.low), WideInteger{1} << shift_amount(b.high)});
      }
      case Opcode::shift_right: {
        const int least = shift_amount(b.low);
        const int most = shift_amount(b.high);
        return IntegerRange{a.low >> (a.low < 0 ? least : most), a.high >> (a.high < 0 ? most : least)};
      }
      default:
        return bitwise(op.code, a, b);
    }
  }

  static IntegerRange truth(bool always, bool never) { return {always ? 1 : 0, never ? 0 : 1}; }

  static IntegerRange bitwise(Opcode code, const IntegerRange& a, const IntegerRange& b) {
    if (code == Opcode::bit_and && (a.low >= 0 || b.low >= 0)) {
      if (a.low >= 0 && b.low >= 0) return {0, std::min(a.high, b.high)};
      return {0, a.low >= 0 ? a.high : b.high};
    }
    if (a.low >= 0 && b.low >= 0) return {0, all_ones(std::max(a.high, b.high))};
    const auto magnitude = [](const IntegerRange& x) {
      return std::max(x.low < 0 ? -(x.low + 1) : x.low, x.high < 0 ? -(x.high + 1) : x.high);
    };
    const WideInteger most = all_ones(std::max(magnitude(a), magnitude(b)));
    return {-most - 1, most};
  }

  const Kernel& kernel_;
  const Nest& nest_;
  std::vector<std::int64_t> trips_;
  std::vector<IntegerRange> ranges_;
  std::map<ArrayId, IntegerRange> contents_;
  std::map<OpId, Recurrence> folds_;
  bool has_delays_ = false;
};

}  // namespace

IntegerRange range_of(ScalarType type) {
  if (!type.is_signed()) return {0, WideInteger{low_bits(type.width())}};
  const WideInteger half = WideInteger{1} << (type.width() - 1);
  return {-half, half - 1};
}

ScalarType narrowest(ScalarType type, const IntegerRange& range) {
  for (int width = type.is_signed() ? 2 : 1; width < type.width(); ++width) {
    const auto narrower = type.is_signed() ? ScalarType::signed_integer(width) : ScalarType::unsigned_integer(width);
    if (range_of(narrower).contains(range)) return narrower;
  }
  return type;
}

IntegerRange contents_range(const Array& weight) {
  IntegerRange range = range_of(weight.type, weight.contents->front());
  for (const auto bits : *weight.contents) range = hull(range, range_of(weight.type, bits));
  return range;
}

std::vector<IntegerRange> integer_ranges(const Kernel& kernel, const Nest& nest) {
  return Analysis(kernel, nest).run();
}

}  // namespace sluice
