#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// What the lanes of a kernel at a network's ports leave of its streams' width: a beat has several elements only where
/// the banks that the lanes need have them together (`StreamView`).
class StreamLimits {
 public:
  /// Keeps `kernel`. Beats of the streamed tensors have at most so many bits, and elements in the streams' orders.
  StreamLimits(const Kernel& kernel, std::set<std::string> streamed, std::int64_t bits, StreamOrders orders = {});

  /// Beats of a frame on the longest stream of the kernel, one nest of which has so many lanes; the first are firings.
  /// 0 of a kernel without streams.
  std::int64_t beats(std::size_t nest, std::span<const std::int64_t> lanes);

 private:
  const Kernel* kernel_;
  std::set<std::string> streamed_;
  std::int64_t bits_;
  StreamOrders orders_;
  /// By nest and lanes of the loops that count.
  std::map<std::pair<std::size_t, std::vector<std::int64_t>>, std::int64_t> known_;
};

}  // namespace sluice
