#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "binder/stats.hpp"
#include "core/diag/diagnostic.hpp"
#include "core/target/device.hpp"
#include "systemgen/report/memories.hpp"

namespace sluice {

/// What a design takes of one resource of a device.
struct ResourceUse {
  std::string resource;  ///< "multipliers", "LUTs", "registers", "block RAMs"
  std::int64_t used = 0;
  std::int64_t available = 0;

  [[nodiscard]] double share() const;  ///< 1: all of it; infinite: of nothing
};

/// What a design takes of a device, by the target's figures. LUTs are those of units, multiplexers in front of units,
/// registers and memories, and small memories; registers are the data path's. Both are without control and without the
/// registers inside units, so a real design takes some more.
std::vector<ResourceUse> device_use(const Device& device, std::span<const BindingStats> bindings,
                                    const std::vector<MemoryFacts>& memories);

/// Blocks for one memory, in the shape that takes fewest.
std::int64_t block_rams(const Device& device, std::int64_t words, std::int64_t word_bits);

bool fits(const std::vector<ResourceUse>& use);

/// "multipliers 4 of 220 (2%), LUTs ..".
std::string to_string(const std::vector<ResourceUse>& use);

/// The error of a design that takes more than there is.
Diagnostic does_not_fit(const std::string& target, const std::vector<ResourceUse>& use);

}  // namespace sluice
