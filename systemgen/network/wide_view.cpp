#include "systemgen/network/wide_view.hpp"

#include <bit>
#include <cstddef>

#include "systemgen/network/banks.hpp"

namespace sluice {
namespace {

bool is_power_of_two(std::int64_t value) { return std::has_single_bit(static_cast<std::uint64_t>(value)); }

/// The dimensions that lie together in a row, those from `first` on, as few as can say the same.
Banking inner_part(const Banking& banking, std::size_t first) {
  const auto from = static_cast<std::ptrdiff_t>(first);
  return merged({{banking.shape.begin() + from, banking.shape.end()},
                 {banking.dimensions.begin() + from, banking.dimensions.end()}});
}

}  // namespace

std::optional<WideView> wide_view(const Banking& banking, const Rows& rows, std::int64_t elements) {
  WideView view{banking, rows, 1, 1};
  if (elements == 1) return view;
  const auto numbers = row_dimensions(banking, rows);
  if (!numbers) return std::nullopt;
  const Banking inner = inner_part(banking, numbers->end);
  if (inner.shape.empty() || inner.shape.back() % elements != 0) return std::nullopt;
  DimensionBanks innermost = inner.dimensions.back();
  if (innermost.banks == 1 || innermost.block % elements == 0) {
    view.interleaved = elements;
    innermost.block = innermost.banks == 1 ? 1 : innermost.block / elements;
  } else {
    view.interleaved = innermost.block;
    view.together = elements / innermost.block;
    if (elements % innermost.block != 0 || innermost.banks % view.together != 0) return std::nullopt;
    innermost = {innermost.banks / view.together, 1};
  }
  if (!is_power_of_two(view.interleaved)) return std::nullopt;
  view.banking.shape.resize(numbers->end);
  view.banking.dimensions.resize(numbers->end);
  for (std::size_t d = 0; d < inner.shape.size(); ++d) {
    const bool last = d + 1 == inner.shape.size();
    view.banking.shape.push_back(inner.shape[d] / (last ? elements : 1));
    view.banking.dimensions.push_back(last ? innermost : inner.dimensions[d]);
  }
  view.rows.inner = rows.inner / elements;
  return view;
}

}  // namespace sluice
