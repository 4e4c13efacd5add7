#include "binder/occupancy.hpp"

#include <iterator>

namespace sluice {

int Occupancy::room(int start) const {
  if (length_at_.empty()) return ii_;
  const auto next = length_at_.lower_bound(start);
  if (next != length_at_.end() && next->first == start) return 0;
  const auto& before = next == length_at_.begin() ? *length_at_.rbegin() : *std::prev(next);
  const int since = (start - before.first + ii_) % ii_;
  if (since < before.second) return 0;
  return next == length_at_.end() ? length_at_.begin()->first + ii_ - start : next->first - start;
}

}  // namespace sluice
