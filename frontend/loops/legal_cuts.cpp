#include "frontend/loops/legal_cuts.hpp"

#include <algorithm>
#include <optional>

#include "core/kernel/odometer.hpp"
#include "frontend/loops/bank_access.hpp"

namespace sluice {
namespace {

/// More iterations than this are not looked at one by one.
constexpr std::int64_t kMostIterations = std::int64_t{1} << 22;

bool has_access(const Nest& nest, ArrayId array, bool stores) {
  return std::ranges::any_of(nest.body,
                             [&](const Op& op) { return op.array == array && (op.code == Opcode::store) == stores; });
}

NestSpan nests_with(const Kernel& kernel, ArrayId array, bool stores) {
  NestSpan span;
  for (std::size_t n = 0; n < kernel.nests.size(); ++n) {
    if (has_access(kernel.nests[n], array, stores)) span.add(n);
  }
  return span;
}

bool is_looked_up(const Kernel& kernel, ArrayId array) {
  const auto looks_up = [&](const Op& op) { return op.array == array && op.code == Opcode::lookup; };
  return std::ranges::any_of(kernel.nests, [&](const Nest& nest) { return std::ranges::any_of(nest.body, looks_up); });
}

/// The iterations of one firing in which an access can take place: all from `first` on, `trips` of each loop.
struct Iterations {
  std::vector<std::int64_t> first;
  std::vector<std::int64_t> trips;
};

/// Loops that a condition fixes, as that of a sum's last term does, are not walked. None: no iteration.
std::optional<Iterations> iterations_of(std::vector<std::int64_t> trips, const std::vector<Condition>& conditions) {
  Iterations result{std::vector<std::int64_t>(trips.size(), 0), std::move(trips)};
  for (const auto& [expr, kind] : conditions) {
    if (kind != Condition::Kind::zero || expr.iterator_count() == 0) continue;
    const std::size_t loop = expr.iterator_count() - 1;
    const std::int64_t step = expr.coefficient(loop);
    if (expr - AffineExpr::iterator(loop) * step != AffineExpr(expr.constant())) continue;  // of several loops
    const std::int64_t at = -expr.constant() / step;
    const bool is_there =
        expr.constant() % step == 0 && at >= result.first[loop] && at < result.first[loop] + result.trips[loop];
    if (!is_there) return std::nullopt;
    result.first[loop] = at;
    result.trips[loop] = 1;
  }
  return result;
}

bool holds(const Condition& condition, const std::vector<std::int64_t>& at) {
  const std::int64_t value = condition.expr.evaluate(at);
  return condition.kind == Condition::Kind::zero ? value == 0 : value >= 0;
}

/// Whether the expression is the same in all firings.
bool is_of_firing(const AffineExpr& expr, std::size_t token_loops) {
  for (std::size_t i = 0; i < token_loops; ++i) {
    if (expr.coefficient(i) != 0) return false;
  }
  return true;
}

/// Counts, by element, how often a store stores it in a firing; false if that is not known.
bool count_stores(const Kernel& kernel, const Nest& nest, const Op& store, std::vector<std::uint8_t>& counts) {
  const auto conditions = access_conditions(nest, store);
  const std::size_t tokens = kernel.token_loops.size();
  const AffineExpr address = linear_address(kernel.array(store.array), store.index);
  if (!conditions || !is_of_firing(address, tokens)) return false;
  for (const auto& condition : *conditions) {
    if (!is_of_firing(condition.expr, tokens)) return false;
  }
  const auto iterations = iterations_of(trip_counts(kernel, nest), *conditions);
  if (!iterations) return true;
  std::int64_t count = 1;
  for (std::size_t loop = tokens; loop < iterations->trips.size(); ++loop) {
    count *= iterations->trips[loop];
    if (count > kMostIterations) return false;
  }
  Odometer odometer(iterations->trips, tokens);
  do {
    std::vector<std::int64_t> at = iterations->first;
    for (std::size_t loop = tokens; loop < at.size(); ++loop) at[loop] += odometer.iterators()[loop];
    if (!std::ranges::all_of(*conditions, [&](const Condition& condition) { return holds(condition, at); })) continue;
    auto& times = counts.at(static_cast<std::size_t>(address.evaluate(at)));
    if (++times > 1) return true;
  } while (odometer.step() >= 0);
  return true;
}

/// Whether the nest is proved to store every element exactly once in a firing.
bool stores_all_once(const Kernel& kernel, const Nest& nest, ArrayId array) {
  std::vector<std::uint8_t> counts(static_cast<std::size_t>(element_count(kernel.array(array).shape)), 0);
  for (const auto& op : nest.body) {
    if (op.array == array && op.code == Opcode::store && !count_stores(kernel, nest, op, counts)) return false;
  }
  return std::ranges::all_of(counts, [](std::uint8_t times) { return times == 1; });
}

class CutFinder {
 public:
  explicit CutFinder(const Kernel& kernel) : kernel_(kernel), legal_(kernel.nests.size(), true) {}

  std::vector<std::size_t> run() {
    for (const auto id : id_range<ArrayId>(kernel_.arrays.size())) {
      const Array& array = kernel_.array(id);
      if (array.role == ArrayRole::output) keep_output_whole(array.tensor);
      if (array.role == ArrayRole::scratch) keep_scratch_whole(id);
    }
    keep_constants();
    std::vector<std::size_t> cuts;
    for (std::size_t cut = 1; cut < legal_.size(); ++cut) {
      if (legal_[cut]) cuts.push_back(cut);
    }
    return cuts;
  }

 private:
  void keep_together(std::size_t first, std::size_t last) {
    for (std::size_t cut = first + 1; cut <= last; ++cut) legal_[cut] = false;
  }

  void keep_output_whole(const std::string& tensor) {
    NestSpan makers;
    for (const auto id : id_range<ArrayId>(kernel_.arrays.size())) {
      const Array& array = kernel_.array(id);
      const NestSpan stores = storing_nests(kernel_, id);
      if (array.role != ArrayRole::output || array.tensor != tensor || stores.is_empty()) continue;
      makers.add(stores.first);
      makers.add(stores.last);
    }
    if (!makers.is_empty()) keep_together(makers.first, makers.last);
  }

  void keep_scratch_whole(ArrayId array) {
    const NestSpan loads = loading_nests(kernel_, array);
    const NestSpan stores = storing_nests(kernel_, array);
    if (loads.is_empty() || stores.is_empty()) return;
    const std::size_t first = std::min(loads.first, stores.first);
    keep_together(first, stores.last);
    if (loads.last <= stores.last) return;
    if (is_looked_up(kernel_, array) || !stores_all_once(kernel_, kernel_.nests[stores.last], array))
      keep_together(first, loads.last);
  }

  void keep_constants() {
    const std::size_t nests = kernel_.nests.size();
    std::vector<bool> varies(nests, false);
    std::size_t last = 0;  // that varies
    for (std::size_t n = 0; n < nests; ++n) {
      varies[n] = std::ranges::any_of(kernel_.nests[n].body, [&](const Op& op) {
        if (!op.array.valid() || op.code == Opcode::store) return false;
        for (std::size_t m = 0; m < n; ++m) {
          if (varies[m] && has_access(kernel_.nests[m], op.array, true)) return true;
        }
        return kernel_.array(op.array).role == ArrayRole::input;
      });
      if (varies[n]) last = n;
      if (!varies[n] && n + 1 < nests) keep_together(n, n + 1);
    }
    if (nests > 0) keep_together(last, nests - 1);
  }

  const Kernel& kernel_;
  std::vector<bool> legal_;  // by cut
};

}  // namespace

void NestSpan::add(std::size_t nest) {
  first = is_empty() ? nest : std::min(first, nest);
  last = std::max(last, nest);
}

NestSpan loading_nests(const Kernel& kernel, ArrayId array) { return nests_with(kernel, array, false); }

NestSpan storing_nests(const Kernel& kernel, ArrayId array) { return nests_with(kernel, array, true); }

std::vector<std::size_t> legal_cuts(const Kernel& kernel) { return CutFinder(kernel).run(); }

}  // namespace sluice
