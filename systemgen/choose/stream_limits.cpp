#include "systemgen/choose/stream_limits.hpp"

#include <algorithm>
#include <utility>

#include "frontend/loops/parallelism.hpp"
#include "systemgen/network/stream_beat.hpp"
#include "systemgen/network/stream_view.hpp"

namespace sluice {
namespace {

/// The fewest beats of a tensor in those banks, whatever its rows.
std::int64_t fewest_beats(const Banking& banking, const StreamOrder& order, std::int64_t most_elements) {
  const std::int64_t count = element_count(banking.shape);
  std::int64_t elements = most_elements;
  while (elements > 1 && !stream_view(banking, one_row(count), order, elements)) --elements;
  return count / elements;
}

}  // namespace

StreamLimits::StreamLimits(const Kernel& kernel, std::set<std::string> streamed, std::int64_t bits,
                           StreamOrders orders)
    : kernel_(&kernel), streamed_(std::move(streamed)), bits_(bits), orders_(std::move(orders)) {}

std::int64_t StreamLimits::beats(std::size_t nest, std::span<const std::int64_t> lanes) {
  const Kernel& kernel = *kernel_;
  const auto is_streamed = [&](const Op& op) {
    return op.array.valid() && streamed_.contains(kernel.array(op.array).tensor);
  };
  // Lanes of loops that index no streamed tensor don't count.
  const std::size_t tokens = kernel.token_loops.size();
  std::vector<std::int64_t> counted(lanes.size(), 1);
  std::set<ArrayId> arrays;
  for (const auto& op : kernel.nests[nest].body) {
    if (!is_streamed(op)) continue;
    arrays.insert(op.array);
    for (const auto& index : op.index) {
      if (tokens > 0 && index.coefficient(tokens - 1) != 0) counted[0] = lanes[0];
      for (std::size_t loop = 1; loop < lanes.size(); ++loop) {
        if (index.coefficient(tokens + loop - 1) != 0) counted[loop] = lanes[loop];
      }
    }
  }
  if (arrays.empty()) return 0;
  const auto [known, is_new] = known_.try_emplace({nest, counted}, 0);
  if (!is_new) return known->second;
  Parallelism parallelism = no_parallelism(kernel);
  parallelism.firings = counted[0];
  parallelism.lanes[nest].assign(counted.begin() + 1, counted.end());
  for (const auto id : arrays) {
    const std::int64_t most = elements_of_beat(kernel.array(id).type, bits_);
    const StreamOrder order = order_of(orders_, kernel.array(id).tensor);
    known->second = std::max(known->second, fewest_beats(banking_for(kernel, parallelism, id), order, most));
  }
  return known->second;
}

}  // namespace sluice
