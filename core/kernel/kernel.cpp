#include "core/kernel/kernel.hpp"

namespace sluice {

std::vector<std::int64_t> trip_counts(const Kernel& kernel, const Nest& nest) {
  std::vector<std::int64_t> trips;
  for (const auto& loop : kernel.token_loops) trips.push_back(loop.trip);
  for (const auto& loop : nest.loops) trips.push_back(loop.trip);
  return trips;
}

std::vector<std::string> iterator_names(const Kernel& kernel, const Nest& nest) {
  std::vector<std::string> names;
  for (const auto& loop : kernel.token_loops) names.push_back(loop.name);
  for (const auto& loop : nest.loops) names.push_back(loop.name);
  return names;
}

std::int64_t iteration_count(const Nest& nest) {
  std::int64_t count = 1;
  for (const auto& loop : nest.loops) count *= loop.trip;
  return count;
}

std::int64_t token_count(const Kernel& kernel) {
  std::int64_t count = 1;
  for (const auto& loop : kernel.token_loops) count *= loop.trip;
  return count;
}

AffineExpr linear_address(const Array& array, const std::vector<AffineExpr>& index) {
  const auto strides = row_major_strides(array.shape);
  AffineExpr address;
  for (std::size_t i = 0; i < index.size(); ++i) address += index[i] * strides[i];
  return address;
}

}  // namespace sluice
