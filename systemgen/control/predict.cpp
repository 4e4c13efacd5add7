#include "systemgen/control/predict.hpp"

#include <algorithm>
#include <map>

namespace sluice {
namespace {

std::int64_t most_beats(const SystemRtl& system, Direction direction) {
  std::int64_t most = 0;
  for (const auto& port : system.ports) {
    if (port.direction == direction) most = std::max(most, port.beats_per_frame);
  }
  return most;
}

struct Prediction {
  std::int64_t latency = 0;
  std::int64_t interval = 0;
};

// Cycle 0 accepts the first beat. A register delays it by one cycle, so the receiver writes in cycles 1 .. beats
// and is done in the last of them. A step starts in the cycle after the one before it was done. A sender that starts in
// cycle s reads in s+1 .. s+beats, is done in the last of them, and its beats pass two cycles after they were read. The
// next frame's first beat waits in the register, so that its receiver, which starts in s+beats+1, writes at once.
Prediction predict(std::int64_t receive, std::int64_t run, std::int64_t send) {
  constexpr std::int64_t kStart = 1;   // from done to start
  constexpr std::int64_t kStream = 2;  // from the last read to the last beat
  const std::int64_t send_start = receive + kStart + run;
  return {send_start + send + kStream, send_start + send + kStart};
}

}  // namespace

void predict_sequential(SystemRtl& system, const std::vector<ActorRtl>& actors,
                        const std::vector<std::size_t>& stages) {
  std::int64_t run = 0;
  std::map<std::size_t, std::int64_t> slowest;  // by stage
  for (std::size_t i = 0; i < actors.size(); ++i)
    slowest[stages[i]] = std::max(slowest[stages[i]], actors[i].frame_cycles);
  for (const auto& [stage, cycles] : slowest) run += cycles + 1;
  const auto predicted = predict(most_beats(system, Direction::input), run, most_beats(system, Direction::output));
  system.predicted_latency = predicted.latency;
  system.predicted_interval = predicted.interval;
}

std::int64_t latency_in_turn(const TokenNetwork& network, const std::vector<const Fsmd*>& fsmds) {
  std::int64_t receive = 0;
  std::int64_t send = 0;
  for (const auto node : network.inputs)
    receive = std::max(receive, network.channel(network.made_by(node).at(0)).elements);
  for (const auto node : network.outputs) send = std::max(send, network.channel(network.read_by(node)).elements);
  std::int64_t run = 0;
  for (const auto* fsmd : fsmds) run += frame_cycles(*fsmd) + 1;
  return predict(receive, run, send).latency;
}

}  // namespace sluice
