#include "binder/overlap.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {

Diagnostics find_overlaps(const std::string& where, std::vector<TimedUse> uses, int ii) {
  for (auto& use : uses) use.start %= ii;
  std::stable_sort(uses.begin(), uses.end(), [](const TimedUse& a, const TimedUse& b) { return a.start < b.start; });
  // In their order on the circle of ii cycles, each must end before the next begins, and the last before the first
  // comes round again.
  Diagnostics diagnostics;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const bool last = i + 1 == uses.size();
    const TimedUse& next = uses[last ? 0 : i + 1];
    const int begin = next.start + (last ? ii : 0);
    const int end = uses[i].start + uses[i].cycles;
    if (end <= begin) continue;
    diagnostics.push_back({where,
                           fmt::format("{} takes cycles {}..{}, {} begins in {}, modulo ii {}", uses[i].what,
                                       uses[i].start, end - 1, next.what, begin, ii),
                           ""});
  }
  return diagnostics;
}

}  // namespace sluice
