#include "binder/connections.hpp"

#include <algorithm>

namespace sluice {

SourceId Connections::add_source() {
  sinks_.emplace_back();
  return SourceId(sinks_.size() - 1);
}

SinkId Connections::add_sink(int bits) {
  bits_.push_back(bits);
  sources_.emplace_back();
  return SinkId(sources_.size() - 1);
}

void Connections::add(SourceId source, SinkId sink) {
  auto& sources = sources_[sink.index()];
  if (++sources[source] > 1) return;
  sinks_[source.index()].insert(sink);
  if (sources.size() > 1) cost_ += bits_[sink.index()];
}

void Connections::remove(SourceId source, SinkId sink) {
  auto& sources = sources_[sink.index()];
  const auto found = sources.find(source);
  if (--found->second > 0) return;
  if (sources.size() > 1) cost_ -= bits_[sink.index()];
  sources.erase(found);
  sinks_[source.index()].erase(sink);
}

std::int64_t Connections::growth(const std::vector<std::pair<SourceId, SinkId>>& additions) const {
  std::int64_t growth = 0;
  for (auto addition = additions.begin(); addition != additions.end(); ++addition) {
    const auto [source, sink] = *addition;
    const auto& sources = sources_[sink.index()];
    if (sources.contains(source) || std::find(additions.begin(), addition, *addition) != addition) continue;
    const bool first = sources.empty() && std::none_of(additions.begin(), addition,
                                                       [s = sink](const auto& earlier) { return earlier.second == s; });
    if (!first) growth += bits_[sink.index()];
  }
  return growth;
}

}  // namespace sluice
