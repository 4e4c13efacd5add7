#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "systemgen/choose/built_cycles.hpp"
#include "systemgen/choose/kernel_front.hpp"

namespace sluice {

/// The front of a kernel, or of a part of one, with what is known of its points, and what that says of others: lanes
/// beside those of a point make neither its pipelines shorter nor its ports freer, and pipelines that no ports slow down
/// are as long with other lanes whose trees have as many levels.
class KnownFront {
 public:
  explicit KnownFront(std::vector<KernelPoint> modelled);

  /// Their iterations are cycles as built, or as estimated from what was built.
  [[nodiscard]] const std::vector<KernelPoint>& points() const { return points_; }
  void add(std::size_t point, BuiltCycles built);

 private:
  [[nodiscard]] std::int64_t cycles(std::size_t point) const;

  std::vector<std::int64_t> modelled_;  ///< iterations
  std::vector<KernelPoint> points_;
  std::map<std::size_t, BuiltCycles> known_;
};

}  // namespace sluice
