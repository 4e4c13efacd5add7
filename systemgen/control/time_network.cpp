#include "systemgen/control/time_network.hpp"

#include <algorithm>
#include <map>

#include "rtlgen/fsmd/last_access.hpp"
#include "systemgen/analysis/deadlock.hpp"
#include "systemgen/analysis/start_windows.hpp"

namespace sluice {
namespace {

using NodeId = TokenNetwork::NodeId;

/// The first element of a stream that passes through a port, and the last, come so many cycles after their access.
constexpr std::int64_t kBeatAfterRead = 2;

class Timer {
 public:
  Timer(const TokenNetwork& network, const std::vector<const Fsmd*>& fsmds) : network_(&network), fsmds_(&fsmds) {}

  TimedSystem run() {
    for (const auto node : network_->inputs) add_port(node, network_->made_by(node).at(0), system_.sources, 0);
    for (std::size_t i = 0; i < network_->actors.size(); ++i) add_actor(i);
    for (const auto node : network_->outputs) {
      const ChannelId id = network_->read_by(node);
      add_port(node, id, system_.sinks, run_of(node, id) + kBeatAfterRead);
    }
    for (std::size_t i = 0; i < network_->channels.size(); ++i) add_channel(ChannelId(i));
    return std::move(system_);
  }

 private:
  /// Beats that a port passes in one firing.
  [[nodiscard]] std::int64_t run_of(NodeId port, ChannelId id) const {
    return run_length((*network_)[port].order, network_->channel(id).rows) / (*network_)[port].elements_per_beat;
  }

  void add_port(NodeId node, ChannelId id, std::vector<EdgeActor>& edge, std::int64_t delay) {
    number_[node] = system_.network.actors.size();
    edge.push_back({number_[node], delay});
    const auto beats = network_->channel(id).elements / (*network_)[node].elements_per_beat;
    system_.network.actors.push_back({(*network_)[node].name, beats / run_of(node, id), run_of(node, id)});
  }

  void add_actor(std::size_t i) {
    const auto node = network_->actors[i];
    fsmd_of_[node] = fsmds_->at(i);
    number_[node] = system_.network.actors.size();
    system_.network.actors.push_back(
        {(*network_)[node].name, token_count((*network_)[node].kernel), firing_spacing(*fsmds_->at(i))});
  }

  /// Cycles from the start of a firing to the first in which a neighbour can start with its pulse.
  [[nodiscard]] std::int64_t delay(NodeId node, ChannelId id, ArrayRole role) const {
    if ((*network_)[node].kind != NetworkNode::Kind::actor) return run_of(node, id);
    const auto last = last_access((*network_)[node].kernel, *fsmd_of_.at(node), network_->channel(id).tensor, role);
    return pulse_delay(last) + 1;
  }

  void add_channel(ChannelId id) {
    const auto& channel = network_->channel(id);
    const auto made = maker_use(*network_, id);
    TimedChannel timed;
    timed.name = channel.name;
    timed.rows = channel.rows.count;
    timed.row_bits = bank_count(channel.banking) * element_count(bank_shape(channel.banking)) / channel.rows.count *
                     channel.type.width();
    timed.writer = number_.at(channel.maker);
    timed.opened = made.reached;
    timed.written = made.left;
    for (const auto reader : readers_of(*network_, id)) {
      auto use = reader_use(*network_, id, reader);
      // A frame begins with its first row, even for one who has something to do before it.
      for (auto& needed : use.reached) needed = std::max<std::int64_t>(needed, 1);
      timed.readers.push_back({number_.at(reader), std::move(use.reached), std::move(use.left),
                               delay(channel.maker, id, ArrayRole::output), delay(reader, id, ArrayRole::input)});
    }
    if (timed.readers.empty()) timed.fixed_capacity = timed.rows;  // nothing is kept
    system_.network.channels.push_back(std::move(timed));
  }

  const TokenNetwork* network_;
  const std::vector<const Fsmd*>* fsmds_;
  std::map<NodeId, const Fsmd*> fsmd_of_;
  std::map<NodeId, std::size_t> number_;
  TimedSystem system_;
};

void set_layouts(std::vector<ArrayLayout>& layouts, const Kernel& kernel, const Channel& channel, ArrayRole role,
                 std::int64_t capacity) {
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const auto& array = kernel.arrays[i];
    if (array.role != role || array.tensor != channel.tensor) continue;
    const auto dimensions = row_dimensions(array, channel.rows).value_or(RowDimensions{});
    const std::int64_t row = element_count(array.shape) / channel.rows.count;
    layouts[i] = {dimensions.first, dimensions.end, capacity == channel.rows.count ? 0 : capacity * row};
  }
}

}  // namespace

StreamGoal stream_goal(const TokenNetwork& network, const std::vector<const Fsmd*>& fsmds,
                       std::optional<std::int64_t> bits) {
  StreamGoal goal{1, bits};
  for (std::size_t i = 0; i < fsmds.size(); ++i) {
    const auto firings = token_count(network[network.actors[i]].kernel);
    goal.beats = std::max(goal.beats, firings * firing_spacing(*fsmds[i]));
  }
  return goal;
}

TimedSystem time_network(const TokenNetwork& network, const std::vector<const Fsmd*>& fsmds) {
  return Timer(network, fsmds).run();
}

Expected<TimedSystem> size_buffers(TimedSystem system, BufferGoal goal, std::int64_t latency_in_turn) {
  if (auto errors = verify(system.network); !errors.empty()) return errors;
  constexpr std::int64_t kPartOfLatency = 100;  // the last of it is dear: up to 13% more bits for 0.1% less latency
  const auto soonest = unbounded_latency(system.network, system.sinks);
  BufferOptions options;
  options.goal = goal;
  options.sinks = system.sinks;
  options.latency = std::min(soonest + soonest / kPartOfLatency, latency_in_turn - 1);
  const auto plan = smallest_capacities(system.network, options);
  if (!plan) return plan.errors();
  system.capacities = plan->capacities;
  system.least_bits = plan->least_bits;
  if (auto errors = find_deadlock(system.network, system.capacities); !errors.empty()) return errors;
  return system;
}

std::vector<ArrayLayout> array_layouts(const TokenNetwork& network, NodeId actor, const Capacities& capacities) {
  const Kernel& kernel = network[actor].kernel;
  std::vector<ArrayLayout> layouts(kernel.arrays.size());
  const auto set = [&](ChannelId id, ArrayRole role) {
    const auto& channel = network.channel(id);
    const std::int64_t capacity = capacities.empty() ? channel.rows.count : capacities.at(id.index());
    set_layouts(layouts, kernel, channel, role, capacity);
  };
  for (const auto edge : network.in_edges(actor)) set(network[edge].channel, ArrayRole::input);
  for (const auto id : network.made_by(actor)) set(id, ArrayRole::output);
  return layouts;
}

}  // namespace sluice
