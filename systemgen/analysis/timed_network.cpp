#include "systemgen/analysis/timed_network.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sluice {
namespace {

/// A cumulative table of the rows of a frame by firings.
struct Table {
  const char* name;
  const std::vector<std::int64_t>* rows;
  std::int64_t firings;
  bool complete;  ///< it must reach all rows
};

class Checker {
 public:
  explicit Checker(const TimedNetwork& network) : network_(&network) {}

  Diagnostics run() {
    for (const auto& actor : network_->actors) {
      if (actor.firings < 1) report(actor.name, fmt::format("{} firings of a frame", actor.firings));
      if (actor.spacing < 1) report(actor.name, fmt::format("{} cycles between firings", actor.spacing));
    }
    for (const auto& channel : network_->channels) check(channel);
    return std::move(found_);
  }

 private:
  void report(const std::string& where, std::string what) { found_.push_back({where, std::move(what), ""}); }

  void check(const TimedChannel& channel) {
    if (channel.rows < 1) return report(channel.name, fmt::format("{} rows", channel.rows));
    if (channel.row_bits < 1) report(channel.name, fmt::format("rows of {} bits", channel.row_bits));
    if (channel.fixed_capacity.value_or(1) < 1)
      report(channel.name, fmt::format("a capacity of {} rows", *channel.fixed_capacity));
    if (exists(channel, channel.writer)) {
      const auto firings = network_->actors[channel.writer].firings;
      const bool both = check(channel, {"opened", &channel.opened, firings, true}) &
                        check(channel, {"written", &channel.written, firings, true});
      if (both) check_opened_first(channel);
    }
    for (const auto& reader : channel.readers) check(channel, reader);
  }

  void check(const TimedChannel& channel, const TimedReader& reader) {
    if (exists(channel, reader.actor)) {
      const auto firings = network_->actors[reader.actor].firings;
      check(channel, {"needed", &reader.needed, firings, false});
      check(channel, {"freed", &reader.freed, firings, true});
    }
    if (reader.token_delay < 1) report(channel.name, fmt::format("a token's delay of {} cycles", reader.token_delay));
    if (reader.credit_delay < 1)
      report(channel.name, fmt::format("a credit's delay of {} cycles", reader.credit_delay));
  }

  bool exists(const TimedChannel& channel, std::size_t actor) {
    if (actor < network_->actors.size()) return true;
    report(channel.name, fmt::format("actor {} of {}", actor, network_->actors.size()));
    return false;
  }

  bool check(const TimedChannel& channel, const Table& table) {
    const auto& rows = *table.rows;
    const auto before = found_.size();
    const auto wrong = [&](std::string what) {
      report(channel.name, fmt::format("rows {} by firing: {}", table.name, std::move(what)));
    };
    if (std::ssize(rows) != table.firings || rows.empty()) {
      wrong(fmt::format("{} entries for {} firings", rows.size(), table.firings));
      return false;
    }
    if (!std::is_sorted(rows.begin(), rows.end())) wrong("they fall");
    const auto [least, most] = std::minmax_element(rows.begin(), rows.end());
    if (*least < 0 || *most > channel.rows) wrong(fmt::format("{} .. {} of {}", *least, *most, channel.rows));
    if (table.complete && rows.back() != channel.rows)
      wrong(fmt::format("{} of {} at the frame's end", rows.back(), channel.rows));
    return found_.size() == before;
  }

  void check_opened_first(const TimedChannel& channel) {
    for (std::size_t t = 0; t < channel.opened.size(); ++t) {
      if (channel.written[t] > channel.opened[t])
        report(channel.name,
               fmt::format("firing {} completes {} rows, but has opened {}", t, channel.written[t], channel.opened[t]));
    }
  }

  const TimedNetwork* network_;
  Diagnostics found_;
};

/// Steps of a cumulative table with how often they follow one another: "2 1x5 0".
std::string steps_text(const std::vector<std::int64_t>& rows) {
  std::vector<std::string> texts;
  std::int64_t before = 0;
  for (std::size_t t = 0; t < rows.size();) {
    const auto step = rows[t] - before;
    std::size_t times = 0;
    for (; t < rows.size() && rows[t] - before == step; ++t, ++times) before = rows[t];
    texts.push_back(times == 1 ? fmt::format("{}", step) : fmt::format("{}x{}", step, times));
  }
  return fmt::format("{}", fmt::join(texts, " "));
}

}  // namespace

Diagnostics verify(const TimedNetwork& network) { return Checker(network).run(); }

Diagnostics verify(const TimedNetwork& network, const Capacities& capacities) {
  if (capacities.size() != network.channels.size())
    return {{"capacities", fmt::format("{} for {} channels", capacities.size(), network.channels.size()), ""}};
  Diagnostics found;
  for (std::size_t c = 0; c < capacities.size(); ++c) {
    const auto& channel = network.channels[c];
    if (capacities[c] < 1) found.push_back({channel.name, fmt::format("a capacity of {} rows", capacities[c]), ""});
    if (channel.fixed_capacity.value_or(capacities[c]) != capacities[c])
      found.push_back({channel.name,
                       fmt::format("a capacity of {} rows, but {} are fixed", capacities[c], *channel.fixed_capacity),
                       ""});
  }
  return found;
}

std::int64_t buffer_bits(const TimedNetwork& network, const Capacities& capacities) {
  std::int64_t bits = 0;
  for (std::size_t c = 0; c < capacities.size(); ++c) bits += capacities[c] * network.channels[c].row_bits;
  return bits;
}

std::string to_string(const TimedNetwork& network) {
  std::string text;
  for (const auto& actor : network.actors)
    text += fmt::format("actor {}: {} firings a frame, {} cycles apart\n", actor.name, actor.firings, actor.spacing);
  for (const auto& channel : network.channels) {
    text += fmt::format("channel {}: {} rows of {} bits", channel.name, channel.rows, channel.row_bits);
    if (channel.fixed_capacity) text += fmt::format(", capacity {}", *channel.fixed_capacity);
    text += fmt::format("\n  from {}: opens {}, writes {}\n", network.actors.at(channel.writer).name,
                        steps_text(channel.opened), steps_text(channel.written));
    for (const auto& reader : channel.readers) {
      text += fmt::format("  to {}: needs {}, frees {}; token after {} cycles, credit after {}\n",
                          network.actors.at(reader.actor).name, steps_text(reader.needed), steps_text(reader.freed),
                          reader.token_delay, reader.credit_delay);
    }
  }
  return text;
}

}  // namespace sluice
