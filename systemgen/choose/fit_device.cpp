#include "systemgen/choose/fit_device.hpp"

#include <algorithm>
#include <cmath>

namespace sluice {
namespace {

/// What the design takes of the resource that it takes most of.
double largest_share(const Report& report) {
  double share = 0;
  for (const auto& each : report.device_use) share = std::max(share, each.share());
  return share;
}

}  // namespace

Expected<std::int64_t> fit_device(DesignBuilder& builder, const std::string& target, std::int64_t most,
                                  Progress& progress) {
  const auto budgets = builder.budgets(most, 2);
  if (!budgets) return budgets.errors();
  std::int64_t good = budgets->front();
  const auto first = builder.build(good, progress);
  if (!first) return first.errors();
  if (!fits(first->device_use)) return does_not_fit(target, first->device_use);
  std::int64_t bad = budgets->back() + 1;
  // What a design takes grows about linearly, so a few proportional steps come near; then the rest is halved.
  constexpr int kProportional = 3;
  std::int64_t next = bad - 1;
  for (int step = 0; bad - good > 1; ++step) {
    const auto report = builder.build(next, progress);
    if (!report) return report.errors();
    const bool good_one = fits(report->device_use);
    (good_one ? good : bad) = next;
    const double wanted = static_cast<double>(next) / largest_share(*report);
    next = step < kProportional && std::isfinite(wanted) && wanted < static_cast<double>(bad)
               ? static_cast<std::int64_t>(wanted)
               : good + (bad - good) / 2;
    next = std::clamp(next, good + 1, bad - 1);
  }
  return good;
}

}  // namespace sluice
