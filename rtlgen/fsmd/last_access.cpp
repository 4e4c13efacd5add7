#include "rtlgen/fsmd/last_access.hpp"

#include <algorithm>

namespace sluice {

LastAccess last_access(const Kernel& kernel, const Fsmd& fsmd, const std::string& tensor, ArrayRole role) {
  LastAccess last;
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    if (kernel.arrays[i].role != role || kernel.arrays[i].tensor != tensor) continue;
    for (const auto* accesses : {&fsmd.arrays[i].reads, &fsmd.arrays[i].writes}) {
      for (const auto& access : *accesses) last.state = std::max(last.state, access.state);
    }
  }
  const std::size_t nest = last.state.nest;
  last.cycle += (own_iterations(fsmd, nest) - 1) * fsmd.nests[nest].ii + last.state.cycle;
  for (std::size_t n = 0; n < nest; ++n) last.cycle += nest_cycles(fsmd, n);
  return last;
}

std::int64_t pulse_delay(const LastAccess& last) { return last.cycle - (last.state.cycle > 0 ? 1 : 0); }

}  // namespace sluice
