#include "systemgen/network/walk.hpp"

#include <array>
#include <cstddef>

#include "systemgen/network/banks.hpp"

namespace sluice {
namespace {

/// The tensor in a view whose dimensions are those of its rows and of the order.
std::optional<Banking> cut_view(const Banking& banking, const Rows& rows, const StreamOrder& order) {
  std::optional<Banking> view = merged(banking);
  for (const auto inner : {rows.inner, rows.inner * rows.count, order.pixels, order.image()}) {
    if (view) view = cut(*view, inner);
  }
  return view;
}

/// As the view has them.
std::vector<WalkDimension> dimensions_of(const Banking& view, const RowDimensions& rows) {
  const Shape extents = bank_shape(view);
  std::vector<WalkDimension> dimensions(view.shape.size());
  std::int64_t bank = 1;
  for (std::size_t d = dimensions.size(); d-- > 0; bank *= view.dimensions[d].banks)
    dimensions[d] = {view.shape[d], view.dimensions[d], 1, bank, d >= rows.first && d < rows.end};
  std::int64_t address = 1;
  for (const bool numbers_rows : {false, true}) {
    for (std::size_t d = dimensions.size(); d-- > 0;) {
      if (dimensions[d].numbers_rows != numbers_rows) continue;
      dimensions[d].address = address;
      address *= extents[d];
    }
  }
  return dimensions;
}

}  // namespace

std::optional<std::vector<WalkDimension>> walk_through(const Banking& banking, const Rows& rows,
                                                       const StreamOrder& order) {
  const auto view = cut_view(banking, rows, order);
  const auto numbers = view ? row_dimensions(*view, rows) : std::nullopt;
  if (!numbers) return std::nullopt;
  const auto dimensions = dimensions_of(*view, *numbers);
  std::array<std::vector<WalkDimension>, 3> parts;  // channels, pixels, images
  std::int64_t stride = 1;
  for (std::size_t d = dimensions.size(); d-- > 0; stride *= view->shape[d]) {
    const std::size_t part = stride < order.pixels ? 1 : stride < order.image() ? 0 : 2;
    if (dimensions[d].extent > 1) parts.at(part).push_back(dimensions[d]);
  }
  std::vector<WalkDimension> walk;
  for (const auto& part : parts) walk.insert(walk.end(), part.begin(), part.end());
  return walk;
}

std::vector<WalkDimension> joined(const std::vector<WalkDimension>& walk, bool rows_apart) {
  std::vector<WalkDimension> result;
  for (const auto& outer : walk) {
    const bool goes_on = !result.empty() && result.back().banks.banks == 1 &&
                         outer.address == result.back().address * result.back().extent &&
                         (!rows_apart || outer.numbers_rows == result.back().numbers_rows);
    if (!goes_on) {
      result.push_back(outer);
      continue;
    }
    WalkDimension& inner = result.back();
    inner.banks = {outer.banks.banks, outer.banks.banks == 1 ? 1 : outer.banks.block * inner.extent};
    inner.bank = outer.bank;
    inner.extent *= outer.extent;
  }
  return result;
}

}  // namespace sluice
