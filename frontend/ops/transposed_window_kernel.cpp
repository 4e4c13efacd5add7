#include <fmt/format.h>

#include <algorithm>

#include "frontend/ops/loop_parts.hpp"
#include "frontend/ops/lowering.hpp"
#include "frontend/ops/transposed_window.hpp"

/// A transposed convolution as sums, one for each output element. An output o takes the taps k with
/// k = o + pad_before modulo the stride. Written as o + pad_before = stride * q + r, these are k = stride * e + r,
/// which read the inputs q - e: no division is left, and no product with a stuffed zero is computed.
namespace sluice {
namespace {

/// Indices along one axis.
struct Position {
  AffineExpr output, tap, input;
};

/// Rows: the token loop walks o = stride * q + r for every r of its own nest, so that tokens make whole groups of rows.
Position row_position(const TransposedAxis& axis, const AffineExpr& q, std::int64_t r, const AffineExpr& e) {
  const std::int64_t shifted = r + axis.pad_before;
  return {q * axis.stride + r, e * axis.stride + shifted % axis.stride, q + shifted / axis.stride - e};
}

std::int64_t row_taps(const TransposedAxis& axis, std::int64_t r) {
  const std::int64_t first = (r + axis.pad_before) % axis.stride;
  return std::max<std::int64_t>((axis.kernel - first + axis.stride - 1) / axis.stride, 1);
}

/// The other axes: loops over q and r.
struct Column {
  std::int64_t first_q, trips_q;
  AffineExpr q, r;

  [[nodiscard]] Position position(const TransposedAxis& axis, const AffineExpr& e) const {
    return {(q + first_q) * axis.stride + r - axis.pad_before, e * axis.stride + r, q + first_q - e};
  }
};

Column column_loops(NestBuilder& nest, const TransposedAxis& axis) {
  Column column;
  column.first_q = axis.pad_before / axis.stride;
  column.trips_q = (axis.pad_before + axis.output - 1) / axis.stride - column.first_q + 1;
  column.q = nest_loop(nest, "q" + axis.name, column.trips_q);
  column.r = nest_loop(nest, "r" + axis.name, axis.stride);
  return column;
}

/// The nest that makes the rows o with o = r modulo the stride.
class RowPhase {
 public:
  RowPhase(const OpContext& context, Kernel& kernel, const TransposedConv& conv, std::int64_t r)
      : context_(context), conv_(conv), nest_(kernel, fmt::format("phase{}", r)), r_(r) {}

  void build(ArrayId x, const Operand& w, ArrayId y, const AffineExpr& n, const AffineExpr& row) {
    const auto& axes = conv_.axes;
    std::vector<Column> columns;
    for (std::size_t i = 1; i < axes.size(); ++i) columns.push_back(column_loops(nest_, axes[i]));
    const AffineExpr g = nest_loop(nest_, "g", conv_.groups);
    const AffineExpr oc = nest_loop(nest_, "oc", conv_.out_channels);
    std::vector<AffineExpr> reduction{nest_loop(nest_, "ic", conv_.in_channels)};
    const AffineExpr channel = g * conv_.in_channels + reduction[0];
    std::vector<AffineExpr> x_index{n, channel}, w_index{channel, oc}, y_index{n, g * conv_.out_channels + oc};
    std::vector<Condition> tapped, stored;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      const auto& axis = axes[i];
      const std::int64_t taps = i == 0 ? row_taps(axis, r_) : (axis.kernel + axis.stride - 1) / axis.stride;
      reduction.push_back(nest_loop(nest_, "e" + axis.name, taps));
      const Position at =
          i == 0 ? row_position(axis, row, r_, reduction.back()) : columns[i - 1].position(axis, reduction.back());
      x_index.push_back(at.input);
      w_index.push_back(at.tap);
      y_index.push_back(at.output);
      for (auto& condition : in_range(at.input, axis.input)) tapped.push_back(condition);
      for (auto& condition : in_range(at.tap, axis.kernel)) tapped.push_back(condition);
      for (auto& condition : in_range(at.output, axis.output)) stored.push_back(condition);
    }
    const auto trips = trip_counts(nest_.kernel(), nest_.kernel().nests.back());
    for (const auto& iterator : reduction) stored.push_back(is_zero(iterator - iterator.range(trips).high));

    const auto guard = needed_guard(nest_, tapped);
    const Value element = load_or(nest_, x, x_index, guard, 0);
    const Value weight = load_or(nest_, operand_array(nest_.kernel(), w), w_index, guard, 0);
    const Value initial = context_.has(2) ? operand_value(nest_, context_.operands[2], {y_index[1]})
                                          : empty_sum(nest_, nest_.type(element));
    const Value sum = reduce(nest_, Opcode::add, reduction, initial, nest_.multiply(element, weight));
    store_result(context_, nest_, y, y_index, sum, needed_guard(nest_, stored));
  }

 private:
  const OpContext& context_;
  const TransposedConv& conv_;
  NestBuilder nest_;
  std::int64_t r_;
};

}  // namespace

Kernel lower_transposed_conv(const OpContext& context, const TransposedConv& conv, const Operand& w) {
  Kernel kernel = kernel_for(context);
  const ArrayId x = operand_array(kernel, context.operands[0]);
  const ArrayId y = output_array(kernel, context);
  const auto& rows = conv.axes[0];
  const AffineExpr n = token_loop(kernel, "n", conv.batch);
  const AffineExpr q = token_loop(kernel, "q" + rows.name, (rows.output + rows.stride - 1) / rows.stride);
  for (std::int64_t r = 0; r < std::min(rows.stride, rows.output); ++r) {
    RowPhase(context, kernel, conv, r).build(x, w, y, n, q);
  }
  return kernel;
}

}  // namespace sluice
