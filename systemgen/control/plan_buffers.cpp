#include "systemgen/control/plan_buffers.hpp"

#include <algorithm>
#include <utility>

#include "core/arith/floor_div.hpp"
#include "systemgen/analysis/steady_state.hpp"
#include "systemgen/control/merge_firings.hpp"
#include "systemgen/control/predict.hpp"
#include "systemgen/control/time_network.hpp"
#include "systemgen/network/choose_rows.hpp"
#include "systemgen/network/stream_view.hpp"

namespace sluice {
namespace {

// One in so many.
constexpr std::int64_t kFewBits = 32;
constexpr std::int64_t kFewCycles = 100;  // of the first frame

/// Whether the beats of the ports at a channel can pass it as one row.
bool can_be_one_row(const TokenNetwork& network, ChannelId id) {
  const auto& channel = network.channel(id);
  const auto passes = [&](TokenNetwork::NodeId node) {
    const auto& user = network[node];
    return user.kind == NetworkNode::Kind::actor ||
           stream_view(channel.banking, one_row(channel.elements), user.order, user.elements_per_beat).has_value();
  };
  return passes(channel.maker) && std::ranges::all_of(readers_of(network, id), passes);
}

/// Makes one row of the tensors of channels that hold about two frames or more anyway; returns whether there are any.
bool coarsen(TokenNetwork& network, const TimedSystem& timed) {
  bool any = false;
  for (std::size_t c = 0; c < network.channels.size(); ++c) {
    auto& channel = network.channels[c];
    const std::int64_t capacity = timed.capacities[c];
    const std::int64_t whole = ceil_div(capacity, channel.rows.count) * channel.rows.count;
    if (channel.rows.count == 1 || capacity <= channel.rows.count || kFewBits * (whole - capacity) > capacity) continue;
    if (!can_be_one_row(network, ChannelId(c))) continue;
    channel.rows = one_row(channel.elements);
    any = true;
  }
  return any;
}

std::int64_t bits(const TimedSystem& timed) { return buffer_bits(timed.network, timed.capacities); }

/// Cycles between frames and of the first.
std::pair<double, std::int64_t> pace(const TimedSystem& timed) {
  const auto steady = steady_state(timed.network, timed.capacities);
  const auto frames = predicted_frames(timed, 1);
  return {steady ? steady->interval.value() : 0, frames.empty() ? 0 : frames.front().latency()};
}

/// Fewer tokens need smaller controllers: where rows save next to no bits and no time, their channel has none.
Expected<TimedSystem> coarsened(TokenNetwork& network, const std::vector<const Fsmd*>& fsmds, TimedSystem fine,
                                std::int64_t in_turn) {
  TokenNetwork coarse = network;
  if (!coarsen(coarse, fine)) return fine;
  auto timed = size_buffers(time_network(coarse, fsmds), BufferGoal::throughput, in_turn);
  if (!timed) return fine;
  const auto before = pace(fine);
  const auto after = pace(*timed);
  const bool as_soon = after.second <= before.second ||
                       (after.second < in_turn && kFewCycles * (after.second - before.second) <= before.second);
  if (after.first > before.first || !as_soon || kFewBits * (bits(*timed) - bits(fine)) > bits(fine)) return fine;
  network = std::move(coarse);
  return timed;
}

}  // namespace

Expected<TimedSystem> plan_buffers(TokenNetwork& network, const std::vector<Fsmd*>& fsmds, BufferGoal goal,
                                   std::optional<std::int64_t> stream_bits) {
  const auto in_turn = latency_in_turn(network, {fsmds.begin(), fsmds.end()});
  std::vector<std::size_t> draining;
  for (std::size_t i = 0; i < fsmds.size(); ++i) {
    // Units are shared between the cycles of an interval. A firing that waited may start in any of them.
    if (fsmds[i]->drains || fsmds[i]->nests.front().ii == 1) continue;
    fsmds[i]->drains = true;
    if (fsmds[i]->token_loops > 0) draining.push_back(i);
  }
  merge_firings(network, fsmds, draining, in_turn, stream_bits);
  const std::vector<const Fsmd*> built(fsmds.begin(), fsmds.end());
  auto timed = size_buffers(time_network(network, built), goal, in_turn);
  if (!timed || goal != BufferGoal::throughput) return timed;
  return coarsened(network, built, std::move(*timed), in_turn);
}

}  // namespace sluice
