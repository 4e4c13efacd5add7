#include "frontend/loops/stream_sums.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/kernel/array_name.hpp"
#include "core/kernel/builder.hpp"
#include "frontend/loops/accumulation.hpp"
#include "frontend/loops/body_editor.hpp"
#include "frontend/loops/unroll.hpp"
#include "frontend/loops/view_input.hpp"

namespace sluice {
namespace {

/// The only tensor that the kernel reads.
std::optional<ArrayId> only_input(const Kernel& kernel) {
  std::optional<ArrayId> found;
  for (const auto array : id_range<ArrayId>(kernel.arrays.size())) {
    if (kernel.array(array).role != ArrayRole::input) continue;
    if (found) return std::nullopt;
    found = array;
  }
  return found;
}

/// Where the loops of a streamed kernel come from: places among token loops, then the nest's own.
struct Order {
  std::vector<std::size_t> tokens;   ///< all that become token loops, outermost first
  std::vector<std::size_t> rows;     ///< of those, reductions so far
  std::vector<std::size_t> results;  ///< iterators that tell the results in flight apart
  std::vector<std::size_t> own;      ///< loops that stay the nest's
};

bool has(const std::vector<std::size_t>& items, std::size_t item) {
  return std::ranges::find(items, item) != items.end();
}

/// Whether one index of the load is the iterator and no other moves with it: a window that slides does not walk.
bool walks_along(const Op& load, std::size_t iterator) {
  const auto moves = [&](const AffineExpr& index) { return index.coefficient(iterator) != 0; };
  return std::ranges::count_if(load.index, moves) == 1 &&
         *std::ranges::find_if(load.index, moves) == AffineExpr::iterator(iterator);
}

/// Reductions that each walk along a dimension that counts rows.
std::vector<std::size_t> row_reductions(const Kernel& kernel, const Accumulations& found, const Op& load,
                                        const MadeTensor& made) {
  std::vector<std::size_t> rows;
  const auto trips = trip_counts(kernel, kernel.nests[0]);
  for (const auto d : made.rows) {
    const std::size_t count = load.index[d].iterator_count();
    if (count <= kernel.token_loops.size() + found.first_loop || made.shape[d] != trips[count - 1]) continue;
    if (load.index[d] == AffineExpr::iterator(count - 1)) rows.push_back(count - 1);
  }
  return rows;
}

/// The order in which rows come, if the kernel's token loops have it; none if nothing is reduced over rows.
std::optional<Order> streamed_order(const Kernel& kernel, const Accumulations& found, ArrayId input,
                                    const MadeTensor& made) {
  const Nest& nest = kernel.nests[0];
  const std::size_t tokens = kernel.token_loops.size();
  std::optional<Order> common;
  for (const auto& op : nest.body) {
    if (op.array != input) continue;
    Order order;
    order.rows = row_reductions(kernel, found, op, made);
    const AffineExpr element = linear_address(kernel.array(input), op.index);
    for (std::size_t i = 0; i < tokens; ++i) order.tokens.push_back(i);
    order.tokens.insert(order.tokens.end(), order.rows.begin(), order.rows.end());
    if (order.rows.empty() || !std::ranges::all_of(order.tokens, [&](auto i) { return walks_along(op, i); }))
      return std::nullopt;
    std::ranges::stable_sort(order.tokens, std::ranges::greater(), [&](auto i) { return element.coefficient(i); });
    if (common && common->tokens != order.tokens) return std::nullopt;
    common = std::move(order);
  }
  if (!common) return std::nullopt;
  bool is_inside = false;  // of a reduction
  for (const auto i : common->tokens) {
    if (has(common->rows, i)) {
      is_inside = true;
    } else if (is_inside) {
      common->results.push_back(i);
    }
  }
  for (std::size_t i = tokens; i < tokens + nest.loops.size(); ++i) {
    if (has(common->rows, i)) continue;
    common->own.push_back(i);
    if (i < tokens + found.first_loop) common->results.push_back(i);
  }
  return common;
}

std::int64_t product(const std::vector<std::int64_t>& trips, const std::vector<std::size_t>& loops) {
  std::int64_t result = 1;
  for (const auto loop : loops) result *= trips[loop];
  return result;
}

class Streamer {
 public:
  Streamer(Kernel& kernel, Accumulations found, Order order)
      : kernel_(kernel), nest_(kernel.nests[0]), found_(std::move(found)), order_(std::move(order)) {}

  void run() {
    rewrite_loops();
    BodyEditor body(nest_);
    std::vector<Condition> first;
    for (const auto row : order_.rows) first.push_back(is_zero(by_[row]));
    first_row_ = body.add_guard(std::move(first));
    later_row_ = body.add_guard(where_complete(is_nonnegative(row_ - 1)));
    for (const auto id : id_range<OpId>(body.old_body().size())) rewrite(body, id);
    body.finish();
  }

 private:
  void rewrite_loops() {
    const auto trips = trip_counts(kernel_, nest_);
    std::vector<Loop> loops = kernel_.token_loops;
    loops.insert(loops.end(), nest_.loops.begin(), nest_.loops.end());
    by_.resize(loops.size());
    kernel_.token_loops.clear();
    nest_.loops.clear();
    std::size_t next = 0;
    for (const auto i : order_.tokens) {
      by_[i] = AffineExpr::iterator(next++);
      kernel_.token_loops.push_back(loops[i]);
    }
    for (const auto i : order_.own) {
      by_[i] = AffineExpr::iterator(next++);
      nest_.loops.push_back(loops[i]);
    }
    for (const auto i : order_.rows) {
      row_ = row_ * trips[i] + by_[i];
      rows_ *= trips[i];
    }
    for (const auto i : order_.results) {
      shape_.push_back(trips[i]);
      index_.push_back(by_[i]);
    }
    for (std::size_t loop = 0; loop < nest_.loops.size(); ++loop) {
      if (!has(order_.results, order_.own[loop]))
        ends_.push_back(in_last(kernel_.token_loops.size() + loop, nest_.loops[loop].trip));
    }
  }

  void rewrite(BodyEditor& body, OpId id) {
    Op op = body.old_body()[id.index()];
    substitute(op, by_);
    for (const auto& accumulation : found_.all) {
      if (id == accumulation.before && ends_.empty()) return;
      if (id == accumulation.start) return start_row(body, accumulation, std::move(op));
      if (id == accumulation.fold) return end_row(body, accumulation, std::move(op));
    }
    body.keep(id, std::move(op));
  }

  /// The condition where a row is complete.
  [[nodiscard]] std::vector<Condition> where_complete(Condition condition) const {
    std::vector<Condition> conditions = ends_;
    conditions.push_back(std::move(condition));
    return conditions;
  }

  OpId add_neutral(BodyEditor& body, const Op& fold) const {
    return body.add({.code = Opcode::constant, .type = fold.type, .literal = neutral(fold.code, fold.type)});
  }

  /// Each row is folded from its first term on; what the result starts with comes when the row is complete.
  void start_row(BodyEditor& body, const Accumulation& accumulation, Op start) {
    const OpId nothing = add_neutral(body, body.old_body()[accumulation.fold.index()]);
    if (ends_.empty()) return body.merge(accumulation.start, nothing);
    std::vector<Condition> first = body.old_body()[start.operands[0].index()].conditions;
    std::erase_if(first,
                  [&](const Condition& condition) { return has(order_.rows, condition.expr.iterator_count() - 1); });
    for (auto& condition : first) condition.expr = substitute(condition.expr, by_);
    const OpId guard = body.add_guard(std::move(first));
    const OpId before = body.now(start.operands[2]);
    const OpId kept = body.keep(accumulation.start, std::move(start));
    nest_.body[kept.index()].operands = {guard, nothing, before};
  }

  void end_row(BodyEditor& body, const Accumulation& accumulation, Op fold) {
    const Op start = body.old_body()[accumulation.start.index()];
    const Opcode code = fold.code;
    const ScalarType type = fold.type;
    const OpId row = body.keep(accumulation.fold, std::move(fold));
    const ArrayId sums = add_array(kernel_, {.name = unique_array_name(kernel_, "sums"),
                                             .type = type,
                                             .shape = shape_,
                                             .role = ArrayRole::scratch,
                                             .contents = nullptr});
    const OpId kept =
        body.add({.code = Opcode::load, .type = type, .operands = {later_row_}, .array = sums, .index = index_});
    const OpId before =
        body.add({.code = Opcode::select, .type = type, .operands = {first_row_, body.now(start.operands[1]), kept}});
    const OpId sum = body.add({.code = code, .type = type, .operands = {before, row}});
    const OpId guard = body.add_guard(where_complete(is_nonnegative(AffineExpr(rows_ - 2) - row_)));
    body.add({.code = Opcode::store, .type = type, .operands = {sum, guard}, .array = sums, .index = index_});
    body.replace(accumulation.fold, sum);
  }

  Kernel& kernel_;
  Nest& nest_;
  Accumulations found_;
  Order order_;
  std::vector<AffineExpr> by_;  // for each old iterator
  AffineExpr row_;              // number of the firing among those of a result
  std::int64_t rows_ = 1;
  Shape shape_;                    // of the results in flight
  std::vector<AffineExpr> index_;  // of a result among them
  std::vector<Condition> ends_;    // that hold where a row is complete
  OpId first_row_;
  OpId later_row_;
};

/// Whether the results are few beside the input's elements, and firings long enough.
bool pays(const Kernel& kernel, const Order& order, ArrayId input, std::int64_t turn) {
  const auto trips = trip_counts(kernel, kernel.nests[0]);
  return product(trips, order.rows) > 1 && product(trips, order.own) >= turn &&
         2 * product(trips, order.results) <= element_count(kernel.array(input).shape);
}

}  // namespace

std::size_t stream_sums(Kernel& kernel, const std::map<std::string, MadeTensor>& made, std::int64_t turn) {
  const auto input = only_input(kernel);
  if (kernel.nests.size() != 1 || !input) return 0;
  const auto maker = made.find(kernel.array(*input).tensor);
  if (maker == made.end() || maker->second.rows.empty()) return 0;
  Kernel streamed = kernel;
  if (!view_input(streamed, *input, maker->second.shape)) return 0;
  auto found = find_accumulations(streamed, streamed.nests[0]);
  if (!found || !can_unroll(streamed, streamed.nests[0], found->first_loop)) return 0;
  if (!gives_results_at_the_end(streamed, streamed.nests[0], *found)) return 0;
  const auto multiplies = [&](const Accumulation& each) {
    return streamed.nests[0].op(each.fold).code == Opcode::multiply;
  };
  if (std::ranges::any_of(found->all, multiplies)) return 0;
  auto order = streamed_order(streamed, *found, *input, maker->second);
  if (!order || !pays(streamed, *order, *input, turn)) return 0;
  Streamer(streamed, std::move(*found), std::move(*order)).run();
  kernel = std::move(streamed);
  return 1;
}

}  // namespace sluice
