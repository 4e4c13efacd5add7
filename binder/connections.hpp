#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "core/graph/digraph.hpp"

namespace sluice {

using SourceId = Id<struct WireSourceTag>;
using SinkId = Id<struct WireSinkTag>;

/// Which sources feed which sinks of a datapath, how often, and what multiplexers that takes: a sink with n different
/// sources has one of n inputs, which costs n - 1 two-to-one multiplexers for each bit of the sink.
class Connections {
 public:
  SourceId add_source();
  SinkId add_sink(int bits);

  void add(SourceId source, SinkId sink);
  void remove(SourceId source, SinkId sink);

  /// Different sources of a sink, with how often each was added.
  [[nodiscard]] const std::map<SourceId, int>& sources(SinkId sink) const { return sources_[sink.index()]; }
  [[nodiscard]] const std::set<SinkId>& sinks(SourceId source) const { return sinks_[source.index()]; }

  /// Of all sinks, in bits of two-to-one multiplexers.
  [[nodiscard]] std::int64_t cost() const { return cost_; }
  /// By how much `cost` would grow by these additions together.
  [[nodiscard]] std::int64_t growth(const std::vector<std::pair<SourceId, SinkId>>& additions) const;

 private:
  std::vector<int> bits_;                         // of each sink
  std::vector<std::map<SourceId, int>> sources_;  // of each sink
  std::vector<std::set<SinkId>> sinks_;           // of each source
  std::int64_t cost_ = 0;
};

}  // namespace sluice
