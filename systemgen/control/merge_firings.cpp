#include "systemgen/control/merge_firings.hpp"

#include <utility>

#include "systemgen/analysis/start_windows.hpp"
#include "systemgen/analysis/steady_state.hpp"
#include "systemgen/control/time_network.hpp"
#include "systemgen/network/choose_rows.hpp"

namespace sluice {
namespace {

class Merger {
 public:
  Merger(TokenNetwork& network, const std::vector<Fsmd*>& fsmds, std::optional<std::int64_t> stream_bits)
      : network_(&network),
        fsmds_(fsmds.begin(), fsmds.end()),
        changed_(&fsmds),
        stream_bits_(stream_bits),
        best_(pace()) {}

  /// Cycles between frames and of the first.
  using Pace = std::pair<std::int64_t, std::int64_t>;

  [[nodiscard]] std::int64_t latency() const { return best_.second; }

  void merge(std::size_t actor) {
    auto& kernel = kernel_of(actor);
    auto& loops = kernel.nests.front().loops;
    loops.insert(loops.begin(), kernel.token_loops.begin(), kernel.token_loops.end());
    kernel.token_loops.clear();
    (*changed_)[actor]->token_loops = 0;
  }

  void merge_if_faster(std::size_t actor) {
    const Kernel before = kernel_of(actor);
    merge(actor);
    const Pace now = pace();
    if (now < best_) {
      best_ = now;
      return;
    }
    (*changed_)[actor]->token_loops = before.token_loops.size();
    kernel_of(actor) = before;
  }

  void choose_rows() const { sluice::choose_rows(*network_, stream_goal(*network_, fsmds_, stream_bits_)); }

 private:
  Kernel& kernel_of(std::size_t actor) { return (*network_)[network_->actors[actor]].kernel; }

  [[nodiscard]] Pace pace() const {
    choose_rows();
    const auto timed = time_network(*network_, fsmds_);
    return {slowest_interval(timed.network), unbounded_latency(timed.network, timed.sinks)};
  }

  TokenNetwork* network_;
  std::vector<const Fsmd*> fsmds_;
  const std::vector<Fsmd*>* changed_;
  std::optional<std::int64_t> stream_bits_;
  Pace best_;
};

}  // namespace

void merge_firings(TokenNetwork& network, const std::vector<Fsmd*>& fsmds, const std::vector<std::size_t>& candidates,
                   std::int64_t latency, std::optional<std::int64_t> stream_bits) {
  if (candidates.empty()) {
    choose_rows(network, stream_goal(network, {fsmds.begin(), fsmds.end()}, stream_bits));
    return;
  }
  Merger merger(network, fsmds, stream_bits);
  for (const auto actor : candidates) merger.merge_if_faster(actor);
  for (const auto actor : candidates) {
    if (merger.latency() >= latency) merger.merge(actor);
  }
  merger.choose_rows();
}

}  // namespace sluice
