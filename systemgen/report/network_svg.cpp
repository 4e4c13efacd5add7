#include "systemgen/report/network_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "systemgen/report/svg.hpp"
#include "systemgen/report/text.hpp"

namespace sluice {
namespace {

// Pixels.
constexpr int kBoxWide = 190;
constexpr int kBoxHigh = 56;
constexpr int kColumn = 340;
constexpr int kRow = 100;
constexpr int kEdge = 20;
constexpr const char* kPlain = "#444444";
constexpr const char* kMarked = "#d62728";

struct Place {
  int x = 0;
  int y = 0;
};

/// Each rank is a column, actors below one another.
std::vector<Place> places(const NetworkFacts& network) {
  std::map<std::size_t, int> in_column;
  std::vector<Place> result;
  for (const auto& actor : network.actors)
    result.push_back({kEdge + static_cast<int>(actor.rank) * kColumn, kEdge + in_column[actor.rank]++ * kRow});
  return result;
}

bool has(const std::vector<std::size_t>& list, std::size_t index) {
  return std::ranges::find(list, index) != list.end();
}

std::string label(int x, int y, const std::string& anchor, const std::string& text) {
  return fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor, escape_markup(text));
}

std::string head(int wide, int high) {
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n",
      wide, high);
}

std::string box(const NetworkFacts& network, std::size_t a, const Place& at) {
  const auto& actor = network.actors[a];
  const double cycles = network.interval.value();
  std::string text = fmt::format(
      "<rect class=\"actor\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\" fill=\"#f4f4f4\" stroke=\"{}\" "
      "stroke-width=\"{}\"/>\n",
      at.x, at.y, kBoxWide, kBoxHigh, has(network.bottleneck_actors, a) ? kMarked : kPlain,
      has(network.bottleneck_actors, a) ? 3 : 1);
  const int middle = at.x + kBoxWide / 2;
  text += label(middle, at.y + 16, "middle", shortened(actor.name, 28));
  text += label(middle, at.y + 32, "middle", grouped(actor.interval()) + " cycles");
  std::string use =
      fmt::format("{:.0f}% busy", cycles > 0 ? 100.0 * static_cast<double>(actor.interval()) / cycles : 0);
  if (actor.multipliers > 0) use = fmt::format("{} multipliers, {}", actor.multipliers, use);
  return text + label(middle, at.y + 48, "middle", use);
}

std::string arrow(const NetworkFacts& network, std::size_t c, std::size_t reader, const std::vector<Place>& at) {
  const auto& channel = network.channels[c];
  const Place from{at[channel.writer].x + kBoxWide, at[channel.writer].y + kBoxHigh / 2};
  const Place to{at[reader].x, at[reader].y + kBoxHigh / 2};
  // One that skips ranks passes below the boxes between.
  const int below = network.actors[reader].rank > network.actors[channel.writer].rank + 1 ? kRow / 2 : 0;
  const int bend = (kColumn - kBoxWide) / 2;
  const bool marked = has(network.bottleneck_channels, c);
  return fmt::format(
             "<path class=\"channel\" d=\"M{} {} C{} {} {} {} {} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" "
             "marker-end=\"url(#head)\"/>\n",
             from.x, from.y, from.x + bend, from.y + 2 * below, to.x - bend, to.y + 2 * below, to.x, to.y,
             marked ? kMarked : kPlain, marked ? 3 : 1) +
         label((from.x + to.x) / 2, (from.y + to.y) / 2 + 3 * below / 2 - 5, "middle",
               fmt::format("{}: {}/{} of {} rows", shortened(channel.name, 14), channel.occupancy, channel.capacity,
                           channel.rows));
}

}  // namespace

std::string network_svg(const NetworkFacts& network) {
  const auto at = places(network);
  int wide = 0;
  int high = 0;
  for (const auto& place : at) {
    wide = std::max(wide, place.x + kBoxWide + kEdge);
    high = std::max(high, place.y + kRow + kEdge);
  }
  std::string text = head(wide, high);
  text += fmt::format(
      "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
      "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"{}\"/></marker></defs>\n",
      kPlain);
  for (std::size_t c = 0; c < network.channels.size(); ++c) {
    for (const auto reader : network.channels[c].readers) text += arrow(network, c, reader, at);
  }
  for (std::size_t a = 0; a < network.actors.size(); ++a) text += box(network, a, at[a]);
  return text + "</svg>\n";
}

std::string timeline_svg(const NetworkFacts& network, const FiringTimes& times) {
  constexpr int kNames = 200;
  constexpr int kWide = 1000;
  constexpr int kLine = 20;
  std::int64_t end = 1;
  for (std::size_t a = 0; a < network.actors.size(); ++a) {
    if (!times.starts[a].empty()) end = std::max(end, times.starts[a].back() + network.actors[a].spacing);
  }
  const int high = 2 * kEdge + kLine * static_cast<int>(network.actors.size());
  const double scale = static_cast<double>(kWide) / static_cast<double>(end);
  std::string text = head(kNames + kWide + kEdge, high);
  for (std::size_t a = 0; a < network.actors.size(); ++a) {
    const auto& actor = network.actors[a];
    const int y = kEdge + kLine * static_cast<int>(a);
    text += label(kNames - 8, y + 12, "end", shortened(actor.name, 28));
    double drawn = -1;  // where the last bar ends: more than one in a pixel are one
    for (std::size_t n = 0; n < times.starts[a].size(); ++n) {
      const double x = static_cast<double>(times.starts[a][n]) * scale;
      const double wide = std::max(static_cast<double>(actor.spacing) * scale, 0.5);
      if (x + wide < drawn + 0.5) continue;
      drawn = x + wide;
      const bool odd = static_cast<std::int64_t>(n) / actor.firings % 2 == 1;
      text += fmt::format(
          "<rect class=\"firing\" x=\"{:.2f}\" y=\"{}\" width=\"{:.2f}\" height=\"{}\" fill=\"{}\" stroke=\"white\" "
          "stroke-width=\"0.3\"/>\n",
          kNames + x, y, wide, kLine - 4, odd ? "#ff7f0e" : "#1f77b4");
    }
  }
  text += label(kNames, high - 4, "start", "cycle 0") + label(kNames + kWide, high - 4, "end", grouped(end));
  return text + "</svg>\n";
}

}  // namespace sluice
