#include "systemgen/check_target.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "systemgen/characterize/unit_case.hpp"

namespace sluice {

Diagnostics check_target(const Target& target) {
  constexpr const char* kHint = "sluice characterize makes complete files; generic.json is an example";
  Diagnostics errors;
  for (const auto& each : unit_cases()) {
    const std::string where = fmt::format("target {}, units.{}", target.name(), each.unit);
    try {
      const auto segments = target.figures(each.unit, each.type).segment_ps.size();
      const auto wanted = static_cast<std::size_t>(cuts_of(each).cuts) + 1;
      if (segments == wanted) continue;
      const std::string type = to_string(each.type);
      errors.push_back({where, fmt::format("{} segments at {}, where the unit has {}", segments, type, wanted), kHint});
    } catch (const std::out_of_range&) {
      errors.push_back({where, fmt::format("no figures for {}", to_string(each.type)), kHint});
    }
  }
  return errors;
}

}  // namespace sluice
