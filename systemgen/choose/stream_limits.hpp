#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// What the lanes of kernels at a network's ports leave of its streams' width: a beat has several elements only where
/// the banks that the lanes need have them together (`WideView`).
class StreamLimits {
 public:
  /// Beats have at most so many bits.
  StreamLimits(const std::vector<Kernel>& kernels, std::int64_t bits);

  /// Beats of a frame on the longest stream of a kernel, one nest of which has so many lanes; the first are firings. 0
  /// of a kernel without streams.
  std::int64_t beats(const Kernel& kernel, std::size_t nest, std::span<const std::int64_t> lanes);

 private:
  std::int64_t bits_;
  std::set<std::string> tensors_;
  /// By kernel's name, nest and lanes of the loops that count.
  std::map<std::tuple<std::string, std::size_t, std::vector<std::int64_t>>, std::int64_t> known_;
};

}  // namespace sluice
