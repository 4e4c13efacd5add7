#pragma once

#include "rtlgen/fsmd/fsmd.hpp"

namespace sluice {

/// The last access of a tensor in a firing.
struct LastAccess {
  State state;             ///< of the last iteration of its nest
  std::int64_t cycle = 1;  ///< counted from the firing's start, which is 0
};

/// Of an input or output tensor; one that is not accessed at all counts as accessed at once.
LastAccess last_access(const Kernel& kernel, const Fsmd& fsmd, const std::string& tensor, ArrayRole role);

/// Cycles from a firing's start to the pulse that tells of its last access: one cycle before it, where there is one.
std::int64_t pulse_delay(const LastAccess& last);

}  // namespace sluice
