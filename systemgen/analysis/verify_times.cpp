#include <fmt/format.h>

#include <algorithm>

#include "core/arith/floor_div.hpp"
#include "systemgen/analysis/fire_times.hpp"

namespace sluice {
namespace {

using Starts = std::vector<std::int64_t>;

/// Of all frames' rows, how many are counted by the firings whose pulse has come in `cycle`.
std::int64_t rows_at(const Starts& starts, const std::vector<std::int64_t>& by_firing, std::int64_t rows,
                     std::int64_t delay, std::int64_t cycle) {
  const auto come = std::upper_bound(starts.begin(), starts.end(), cycle - delay) - starts.begin();
  if (come == 0) return 0;
  const auto last = come - 1;
  return last / std::ssize(by_firing) * rows + by_firing[static_cast<std::size_t>(last % std::ssize(by_firing))];
}

class Checker {
 public:
  Checker(const TimedNetwork& network, const Capacities& capacities, const FiringTimes& times)
      : network_(&network), capacities_(&capacities), times_(&times) {}

  Diagnostics run() {
    for (std::size_t a = 0; a < network_->actors.size(); ++a) check_spacing(a);
    if (!found_.empty()) return std::move(found_);
    for (std::size_t c = 0; c < network_->channels.size(); ++c) {
      for (const auto& reader : network_->channels[c].readers) {
        check_tokens(network_->channels[c], reader);
        check_credits(network_->channels[c], reader, (*capacities_)[c]);
      }
    }
    return std::move(found_);
  }

 private:
  void report(std::size_t actor, std::int64_t firing, const std::string& what) {
    const auto& of = network_->actors[actor];
    found_.push_back({of.name,
                      fmt::format("firing {} of frame {} starts in cycle {}, {}", firing % of.firings,
                                  firing / of.firings, times_->starts[actor][static_cast<std::size_t>(firing)], what),
                      ""});
  }

  void check_spacing(std::size_t actor) {
    const auto& starts = times_->starts[actor];
    const auto spacing = network_->actors[actor].spacing;
    if (!starts.empty() && starts[0] < 0) report(actor, 0, "before cycle 0");
    for (std::size_t n = 1; n < starts.size(); ++n) {
      if (starts[n] - starts[n - 1] < spacing)
        report(actor, static_cast<std::int64_t>(n),
               fmt::format("{} cycles after the one before instead of {}", starts[n] - starts[n - 1], spacing));
    }
  }

  void check_tokens(const TimedChannel& channel, const TimedReader& reader) {
    const auto& starts = times_->starts[reader.actor];
    for (std::int64_t n = 0; n < std::ssize(starts); ++n) {
      const auto frame = n / std::ssize(reader.needed);
      const auto needed = frame * channel.rows + reader.needed[static_cast<std::size_t>(n % std::ssize(reader.needed))];
      const auto written = rows_at(times_->starts[channel.writer], channel.written, channel.rows, reader.token_delay,
                                   starts[static_cast<std::size_t>(n)]);
      if (written < needed)
        report(reader.actor, n, fmt::format("but {} of the {} rows of {} are written", written, needed, channel.name));
    }
  }

  void check_credits(const TimedChannel& channel, const TimedReader& reader, std::int64_t capacity) {
    const auto& starts = times_->starts[channel.writer];
    for (std::int64_t n = 0; n < std::ssize(starts); ++n) {
      const auto frame = n / std::ssize(channel.opened);
      const auto opened =
          frame * channel.rows + channel.opened[static_cast<std::size_t>(n % std::ssize(channel.opened))];
      const auto freed = rows_at(times_->starts[reader.actor], reader.freed, channel.rows, reader.credit_delay,
                                 starts[static_cast<std::size_t>(n)]);
      if (opened - freed > capacity)
        report(channel.writer, n,
               fmt::format("with {} rows of {} not free, but it has {}", opened - freed, channel.name, capacity));
    }
  }

  const TimedNetwork* network_;
  const Capacities* capacities_;
  const FiringTimes* times_;
  Diagnostics found_;
};

}  // namespace

Diagnostics verify(const TimedNetwork& network, const Capacities& capacities, const FiringTimes& times) {
  if (auto wrong = verify(network, capacities); !wrong.empty()) return wrong;
  if (times.starts.size() != network.actors.size())
    return {{"firing times", fmt::format("{} actors' of {}", times.starts.size(), network.actors.size()), ""}};
  return Checker(network, capacities, times).run();
}

}  // namespace sluice
