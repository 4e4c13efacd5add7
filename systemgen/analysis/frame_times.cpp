#include "systemgen/analysis/frame_times.hpp"

#include <algorithm>
#include <limits>

namespace sluice {

std::vector<FrameTimes> frame_times(const TimedNetwork& network, const FiringTimes& times,
                                    const std::vector<EdgeActor>& sources, const std::vector<EdgeActor>& sinks) {
  std::vector<FrameTimes> result;
  for (std::int64_t frame = 0;; ++frame) {
    FrameTimes of_frame{std::numeric_limits<std::int64_t>::max(), 0};
    bool complete = !sources.empty() && !sinks.empty();
    /// The cycle of an event after the given firing of the frame.
    const auto event = [&](const EdgeActor& edge, std::int64_t firing) {
      const auto& starts = times.starts.at(edge.actor);
      const auto n = frame * network.actors.at(edge.actor).firings + firing;
      complete = complete && n < std::ssize(starts);
      return complete ? starts[static_cast<std::size_t>(n)] + edge.delay : 0;
    };
    for (const auto& source : sources) of_frame.begin = std::min(of_frame.begin, event(source, 0));
    for (const auto& sink : sinks)
      of_frame.end = std::max(of_frame.end, event(sink, network.actors.at(sink.actor).firings - 1));
    if (!complete) return result;
    result.push_back(of_frame);
  }
}

}  // namespace sluice
