#include "systemgen/network/rows.hpp"

#include <algorithm>
#include <set>

#include "core/dfg/access_distance.hpp"
#include "core/kernel/address_tree.hpp"

namespace sluice {
namespace {

/// First and last row that one firing accesses.
struct Span {
  std::int64_t first = 0;
  std::int64_t last = -1;

  void add(std::int64_t low, std::int64_t high) {
    const bool is_empty = last < first;
    first = is_empty ? low : std::min(first, low);
    last = is_empty ? high : std::max(last, high);
  }
};

RowUse use_of(const std::vector<Span>& spans, std::int64_t rows) {
  RowUse use;
  std::int64_t reached = 0;
  for (const auto& span : spans) use.reached.push_back(reached = std::max(reached, span.last + 1));
  use.left.assign(spans.size(), rows);
  std::int64_t left = rows;
  for (std::size_t t = spans.size(); t-- > 0;) {
    use.left[t] = left;
    if (spans[t].last >= spans[t].first) left = std::min(left, spans[t].first);
  }
  return use;
}

/// The numbers of the rows that an access may come to; none if that is not known before it does.
std::optional<std::vector<AffineExpr>> rows_of(const Kernel& kernel, const Nest& nest, const Op& op, const Rows& rows) {
  const Array& array = kernel.array(op.array);
  std::vector<std::vector<AffineExpr>> elements{op.index};
  if (op.code == Opcode::lookup) {
    const auto tree = address_tree(kernel, nest, op);
    if (!tree) return std::nullopt;
    elements.clear();
    for (const auto leaf : tree->leaves) elements.push_back(element_index(nest.op(leaf)));
  }
  const auto dimensions = row_dimensions(array, rows).value_or(RowDimensions{});
  std::vector<AffineExpr> numbers;
  for (const auto& index : elements) {
    AffineExpr row;
    for (std::size_t d = dimensions.first; d < dimensions.end; ++d) row = row * array.shape[d] + index[d];
    numbers.push_back(std::move(row));
  }
  return numbers;
}

/// What an expression comes to in a firing, without what the token loops add.
AffineExpr::Range own_range(const AffineExpr& expr, const std::vector<std::int64_t>& trips, std::size_t token_loops) {
  AffineExpr own(expr.constant());
  for (std::size_t i = token_loops; i < expr.iterator_count(); ++i)
    own += AffineExpr::iterator(i) * expr.coefficient(i);
  return own.range(trips);
}

/// Values of the token loops' iterators by firing.
std::vector<std::vector<std::int64_t>> firings_of(const Kernel& kernel) {
  std::vector<std::vector<std::int64_t>> firings{{}};
  for (const auto& loop : kernel.token_loops) {
    std::vector<std::vector<std::int64_t>> finer;
    for (const auto& outer : firings) {
      for (std::int64_t i = 0; i < loop.trip; ++i) {
        finer.push_back(outer);
        finer.back().push_back(i);
      }
    }
    firings = std::move(finer);
  }
  return firings;
}

/// Firings, by the token loops' iterators, in which a load or store can take place: least and greatest iterators.
std::vector<AffineExpr::Range> firings_with(const Kernel& kernel, const Nest& nest, const Op& op) {
  const bool is_guarded = op.code == Opcode::store ? op.operands.size() > 1 : !op.operands.empty();
  if (op.code == Opcode::lookup || !is_guarded) {
    std::vector<AffineExpr::Range> all;
    for (const auto& loop : kernel.token_loops) all.push_back({0, loop.trip - 1});
    return all;
  }
  auto iterators = access_pattern(kernel, nest, op).iterators;
  iterators.resize(kernel.token_loops.size());
  return iterators;
}

bool contains(const std::vector<AffineExpr::Range>& ranges, const std::vector<std::int64_t>& firing) {
  for (std::size_t i = 0; i < firing.size(); ++i) {
    if (firing[i] < ranges[i].low || firing[i] > ranges[i].high) return false;
  }
  return true;
}

}  // namespace

Rows one_row(std::int64_t elements) { return {1, elements}; }

std::optional<RowDimensions> row_dimensions(const Array& array, const Rows& rows) {
  return row_dimensions(array.bank ? array.bank->banking : one_bank(array.shape), rows);
}

std::optional<RowDimensions> row_dimensions(const Banking& banking, const Rows& rows) {
  if (rows.count == 1) return RowDimensions{};
  std::int64_t stride = 1;
  for (std::size_t end = banking.shape.size(); end > 0; stride *= banking.shape[--end]) {
    if (stride != rows.inner || banking.shape[end - 1] == 1) continue;
    std::int64_t count = 1;
    for (std::size_t first = end; first-- > 0 && banking.dimensions[first].banks == 1;) {
      count *= banking.shape[first];
      if (count == rows.count) return RowDimensions{first, end};
    }
  }
  return std::nullopt;
}

RowUse row_use(const Kernel& kernel, const std::string& tensor, ArrayRole role, const Rows& rows) {
  const auto firings = firings_of(kernel);
  std::vector<Span> spans(firings.size());
  std::set<std::vector<std::int64_t>> known;  // rows of many lanes are the same
  for (const auto& nest : kernel.nests) {
    const auto trips = trip_counts(kernel, nest);
    for (const auto& op : nest.body) {
      if (!op.array.valid() || kernel.array(op.array).role != role || kernel.array(op.array).tensor != tensor) continue;
      const auto numbers = rows_of(kernel, nest, op, rows);
      const auto those = firings_with(kernel, nest, op);
      for (std::size_t t = 0; t < firings.size() && !numbers; ++t) spans[t].add(0, rows.count - 1);
      if (!numbers) continue;
      for (const auto& row : *numbers) {
        const auto own = own_range(row, trips, kernel.token_loops.size());
        std::vector<std::int64_t> key{row.constant(), own.low, own.high};
        for (std::size_t i = 0; i < kernel.token_loops.size(); ++i)
          key.insert(key.end(), {row.coefficient(i), those[i].low, those[i].high});
        if (!known.insert(std::move(key)).second) continue;
        for (std::size_t t = 0; t < firings.size(); ++t) {
          if (!contains(those, firings[t])) continue;
          std::int64_t at = 0;
          for (std::size_t i = 0; i < firings[t].size(); ++i) at += row.coefficient(i) * firings[t][i];
          const std::int64_t low = std::max<std::int64_t>(at + own.low, 0);
          const std::int64_t high = std::min(at + own.high, rows.count - 1);
          if (low <= high) spans[t].add(low, high);
        }
      }
    }
  }
  return use_of(spans, rows.count);
}

std::int64_t run_length(const StreamOrder& order, const Rows& rows) {
  const std::int64_t all = rows.inner * rows.count;
  const bool of_images = rows.count == 1 || rows.inner % order.image() == 0;
  if (of_images) return rows.inner;
  if (order.pixels % all == 0) return rows.inner * order.channels;  // every channel has the rows
  const bool of_channels = rows.inner % order.pixels == 0 && order.image() % rows.inner == 0;
  return of_channels ? rows.inner / order.pixels : 1;
}

RowUse row_use(const StreamOrder& order, std::int64_t elements, const Rows& rows) {
  std::vector<Span> spans;
  const std::int64_t run = run_length(order, rows);
  for (std::int64_t place = 0; place < elements; place += run) {
    const std::int64_t row = order.element(place) / rows.inner % rows.count;
    spans.push_back({row, row});
  }
  return use_of(spans, rows.count);
}

std::int64_t working_set(const RowUse& use) {
  std::int64_t most = 0;
  for (std::size_t t = 0; t < use.reached.size(); ++t)
    most = std::max(most, use.reached[t] - (t == 0 ? 0 : use.left[t - 1]));
  return most;
}

}  // namespace sluice
