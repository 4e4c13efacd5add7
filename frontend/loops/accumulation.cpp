#include "frontend/loops/accumulation.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/arith/float_ops.hpp"
#include "core/kernel/bounds.hpp"
#include "core/kernel/odometer.hpp"
#include "frontend/loops/body_editor.hpp"

namespace sluice {
namespace {

std::vector<OpId> users(const Nest& nest, OpId value) {
  std::vector<OpId> found;
  for (const auto id : id_range<OpId>(nest.body.size())) {
    if (std::ranges::find(nest.op(id).operands, value) != nest.op(id).operands.end()) found.push_back(id);
  }
  return found;
}

std::optional<Accumulation> accumulation_of(const Nest& nest, OpId delay) {
  const Op& before = nest.op(delay);
  const auto readers = users(nest, delay);
  if (before.distance != 1 || readers.size() != 1) return std::nullopt;
  const Op& start = nest.op(readers[0]);
  const OpId fold = before.operands[0];
  const auto& terms = nest.op(fold).operands;
  const bool is_start = start.code == Opcode::select && start.operands[2] == delay && start.operands[1] != delay &&
                        nest.op(start.operands[0]).code == Opcode::guard;
  if (!is_start || terms.size() != 2 || std::ranges::count(terms, readers[0]) != 1) return std::nullopt;
  if (users(nest, readers[0]).size() != 1) return std::nullopt;
  return Accumulation{delay, readers[0], fold};
}

/// The iterators that the guard holds at zero, if that is all it does.
std::optional<std::set<std::size_t>> zero_iterators(const Op& guard) {
  std::set<std::size_t> iterators;
  for (const auto& condition : guard.conditions) {
    const std::size_t count = condition.expr.iterator_count();
    if (condition.kind != Condition::Kind::zero || count == 0) return std::nullopt;
    if (condition.expr != AffineExpr::iterator(count - 1)) return std::nullopt;
    iterators.insert(count - 1);
  }
  return iterators;
}

/// Those under which a store happens.
std::vector<Condition> conditions_of(const Nest& nest, const Op& store) {
  return store.operands.size() > 1 ? implied_conditions(nest, store.operands[1]) : std::vector<Condition>();
}

/// Arrays that the nest both loads and stores.
std::set<ArrayId> updated_arrays(const Nest& nest) {
  std::set<ArrayId> loaded;
  std::set<ArrayId> stored;
  for (const auto& op : nest.body) {
    if (op.code == Opcode::load || op.code == Opcode::lookup) loaded.insert(op.array);
    if (op.code == Opcode::store) stored.insert(op.array);
  }
  std::set<ArrayId> both;
  std::ranges::set_intersection(loaded, stored, std::inserter(both, both.end()));
  return both;
}

/// The places that a store comes to in one firing, loops left out in whose last iteration alone it happens; none if one
/// of them comes twice.
std::optional<std::set<std::vector<std::int64_t>>> places_of(const Kernel& kernel, const Nest& nest, const Op& store) {
  const std::size_t tokens = kernel.token_loops.size();
  const Array& array = kernel.array(store.array);
  const auto conditions = conditions_of(nest, store);
  auto trips = trip_counts(kernel, nest);
  for (std::size_t i = tokens; i < trips.size(); ++i) {
    if (std::ranges::find(conditions, in_last(i, trips[i])) != conditions.end()) trips[i] = 1;
  }
  std::set<std::vector<std::int64_t>> places;
  Odometer odometer(trips, tokens);
  do {
    std::vector<std::int64_t> place;
    for (const auto& index : store.index) place.push_back(index.evaluate(odometer.iterators()));
    bool is_inside = true;  // lanes may go beyond the end, where their stores do not happen
    for (std::size_t d = 0; d < place.size(); ++d) is_inside = is_inside && place[d] < array.shape[d];
    if (is_inside && !places.insert(std::move(place)).second) return std::nullopt;
  } while (odometer.step() >= 0);
  return places;
}

/// Whether a firing loads and stores each element of the array at most once, at one place of the body.
bool is_updated_once(const Kernel& kernel, const Nest& nest, ArrayId array) {
  std::vector<std::vector<AffineExpr>> loaded;
  std::set<std::vector<std::int64_t>> stored;
  for (const auto& op : nest.body) {
    if (op.array != array) continue;
    if (op.code == Opcode::load && std::ranges::find(loaded, op.index) == loaded.end()) {
      loaded.push_back(op.index);
      continue;
    }
    if (op.code != Opcode::store || std::erase(loaded, op.index) != 1) return false;
    const auto places = places_of(kernel, nest, op);
    if (!places) return false;
    for (const auto& place : *places) {
      if (!stored.insert(place).second) return false;
    }
  }
  return loaded.empty();
}

}  // namespace

std::optional<Accumulations> find_accumulations(const Kernel& kernel, const Nest& nest) {
  if (updates_an_array(kernel, nest)) return std::nullopt;
  Accumulations found;
  std::set<std::size_t> reduced;
  for (const auto id : id_range<OpId>(nest.body.size())) {
    if (nest.op(id).code != Opcode::delay) continue;
    const auto accumulation = accumulation_of(nest, id);
    if (!accumulation) return std::nullopt;
    const auto zero = zero_iterators(nest.op(nest.op(accumulation->start).operands[0]));
    if (!zero || (!found.all.empty() && *zero != reduced)) return std::nullopt;
    reduced = *zero;
    found.all.push_back(*accumulation);
  }
  if (reduced.empty() || *reduced.begin() < kernel.token_loops.size()) return std::nullopt;
  found.first_loop = *reduced.begin() - kernel.token_loops.size();
  if (found.first_loop + reduced.size() != nest.loops.size()) return std::nullopt;  // not the innermost, or with gaps
  return found;
}

bool keeps_results(const Nest& nest) { return !updated_arrays(nest).empty(); }

bool updates_an_array(const Kernel& kernel, const Nest& nest) {
  return std::ranges::any_of(updated_arrays(nest),
                             [&](ArrayId array) { return !is_updated_once(kernel, nest, array); });
}

bool is_at_the_end(const Kernel& kernel, const Nest& nest, const Accumulations& found, const Op& store) {
  const auto conditions = conditions_of(nest, store);
  for (std::size_t loop = found.first_loop; loop < nest.loops.size(); ++loop) {
    const Condition last = in_last(kernel.token_loops.size() + loop, nest.loops[loop].trip);
    if (std::ranges::find(conditions, last) == conditions.end()) return false;
  }
  return true;
}

bool gives_results_at_the_end(const Kernel& kernel, const Nest& nest, const Accumulations& found) {
  return std::ranges::all_of(
      nest.body, [&](const Op& op) { return op.code != Opcode::store || is_at_the_end(kernel, nest, found, op); });
}

bool can_regroup(Opcode fold) {
  return fold == Opcode::add || fold == Opcode::multiply || fold == Opcode::minimum || fold == Opcode::maximum;
}

bool has_neutral(Opcode fold) { return fold == Opcode::add || fold == Opcode::multiply; }

std::uint64_t neutral(Opcode fold, ScalarType type) {
  if (fold == Opcode::add) return type.is_float() ? fp::negate(type.format(), 0) : 0;
  if (fold == Opcode::multiply) return type.is_float() ? fp::from_double(type.format(), 1) : 1;
  const bool is_maximum = fold == Opcode::maximum;
  if (type.is_float()) return fp::infinity(type.format(), is_maximum);
  const std::uint64_t top = std::uint64_t{1} << (type.width() - 1);
  if (is_maximum) return type.is_signed() ? top : 0;
  return low_bits(type.is_signed() ? type.width() - 1 : type.width());
}

}  // namespace sluice
