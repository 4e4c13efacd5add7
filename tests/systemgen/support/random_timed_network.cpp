#include "tests/systemgen/support/random_timed_network.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/arith/floor_div.hpp"

namespace sluice {
namespace {

using Rows = std::vector<std::int64_t>;

class Generator {
 public:
  Generator(std::mt19937& random, const RandomNetworkOptions& options) : random_(&random), options_(options) {}

  TimedNetwork run() {
    add_actor("source", from(1, options_.rows), {});
    for (auto actors = from(0, options_.actors); actors > 0; --actors) {
      const auto first = any_channel();
      const auto second = any_channel();
      if (chance(3) && first != second) {
        add_actor("join", from(1, options_.rows), {first, second});
      } else {
        add_window_or_other(first);
      }
    }
    std::vector<std::size_t> unread;
    for (std::size_t c = 0; c < network_.channels.size(); ++c) {
      if (network_.channels[c].readers.empty() || chance(6)) unread.push_back(c);
    }
    const auto firings = chance(3) ? 1 : from(1, options_.rows);
    const auto sink = new_actor("sink", firings);
    for (const auto c : unread) read(c, sink);
    return std::move(network_);
  }

 private:
  std::int64_t from(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(*random_);
  }
  bool chance(std::int64_t of) { return from(1, of) == 1; }
  std::size_t any_channel() {
    const auto last = std::ssize(network_.channels) - 1;
    return static_cast<std::size_t>(chance(2) ? last : from(0, last));
  }
  std::int64_t cycles() { return from(1, options_.cycles); }

  std::size_t new_actor(const std::string& kind, std::int64_t firings) {
    network_.actors.push_back({fmt::format("{}{}", kind, network_.actors.size()), firings, cycles()});
    return network_.actors.size() - 1;
  }

  void add_actor(const std::string& kind, std::int64_t firings, const std::vector<std::size_t>& inputs) {
    const auto actor = new_actor(kind, firings);
    for (const auto c : inputs) read(c, actor);
    write(actor);
  }

  void add_window_or_other(std::size_t input) {
    const auto rows = network_.channels[input].rows;
    const auto window = std::min(from(1, 4), rows);
    const auto padding = from(0, window - 1);
    const auto stride = from(1, 3);
    if (chance(4)) return add_actor("other", from(1, options_.rows), {input});
    const auto actor = new_actor("window", (rows + 2 * padding - window) / stride + 1);
    auto reader = window_reader(actor, rows, network_.actors[actor].firings, window, stride, padding);
    add_reader(input, std::move(reader));
    write(actor);
  }

  /// Rising tables up to `rows`.
  Rows random_rows(std::int64_t firings, std::int64_t rows) {
    Rows table;
    for (std::int64_t t = 0; t < firings; ++t) table.push_back(from(0, rows));
    std::sort(table.begin(), table.end());
    table.back() = rows;
    return table;
  }

  void read(std::size_t c, std::size_t actor) {
    const auto rows = network_.channels[c].rows;
    const auto firings = network_.actors[actor].firings;
    TimedReader reader{actor, {}, {}};
    if (chance(4)) {  // the whole tensor
      reader.needed.assign(static_cast<std::size_t>(firings), rows);
      reader.freed.assign(static_cast<std::size_t>(firings), 0);
      reader.freed.back() = rows;
    } else if (chance(3)) {
      reader.needed = random_rows(firings, rows);
      reader.freed = random_rows(firings, rows);
    } else {  // evenly
      for (std::int64_t t = 1; t <= firings; ++t) {
        reader.needed.push_back(ceil_div(t * rows, firings));
        reader.freed.push_back(t * rows / firings);
      }
    }
    add_reader(c, std::move(reader));
  }

  void add_reader(std::size_t c, TimedReader reader) {
    reader.token_delay = cycles();
    reader.credit_delay = cycles();
    network_.channels[c].readers.push_back(std::move(reader));
  }

  void write(std::size_t actor) {
    const auto firings = network_.actors[actor].firings;
    TimedChannel channel;
    channel.name = fmt::format("c{}", network_.channels.size());
    channel.writer = actor;
    channel.row_bits = from(1, 40);
    channel.rows = chance(4) ? 1 : chance(3) ? from(1, options_.rows) : firings;
    if (chance(4)) {
      channel.opened = random_rows(firings, channel.rows);
      channel.written = random_rows(firings, channel.rows);
      for (std::size_t t = 0; t < channel.opened.size(); ++t)
        channel.opened[t] = std::max(channel.opened[t], channel.written[t]);
    } else {
      for (std::int64_t t = 1; t <= firings; ++t) {
        channel.opened.push_back(ceil_div(t * channel.rows, firings));
        channel.written.push_back(t * channel.rows / firings);
      }
    }
    network_.channels.push_back(std::move(channel));
  }

  std::mt19937* random_;
  RandomNetworkOptions options_;
  TimedNetwork network_;
};

class ChainGenerator {
 public:
  ChainGenerator(std::mt19937& random, std::int64_t rows) : random_(&random), rows_(rows) {}

  TimedNetwork run(std::size_t actors) {
    auto last = write(add_actor());
    while (network_.actors.size() < actors) last = from(1, 3) == 1 ? residual(last) : step(last, 2 * from(0, 2) + 1);
    read(last, add_actor(), 1);
    return std::move(network_);
  }

 private:
  std::int64_t from(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(*random_);
  }

  std::size_t residual(std::size_t input) {
    auto last = input;
    for (auto windows = from(1, 4); windows > 0; --windows) last = step(last, 2 * from(0, 1) + 1);
    const auto join = add_actor();
    read(last, join, 1);
    read(input, join, 1);
    return write(join);
  }

  std::size_t step(std::size_t input, std::int64_t window) {
    const auto actor = add_actor();
    read(input, actor, window);
    return write(actor);
  }

  std::size_t add_actor() {
    network_.actors.push_back({fmt::format("a{}", network_.actors.size()), rows_, from(60, 100)});
    return network_.actors.size() - 1;
  }

  std::size_t write(std::size_t actor) {
    network_.channels.push_back(row_channel(fmt::format("c{}", actor), rows_, actor, {}));
    network_.channels.back().row_bits = from(100, 5000);
    return network_.channels.size() - 1;
  }

  void read(std::size_t channel, std::size_t actor, std::int64_t window) {
    auto reader = window_reader(actor, rows_, rows_, window, 1, window / 2);
    reader.token_delay = from(80, 130);
    reader.credit_delay = from(60, 100);
    if (from(1, 16) == 1) {  // the whole tensor
      reader.needed.assign(reader.needed.size(), rows_);
      std::fill(reader.freed.begin(), reader.freed.end() - 1, 0);
    }
    network_.channels[channel].readers.push_back(std::move(reader));
  }

  std::mt19937* random_;
  std::int64_t rows_;
  TimedNetwork network_;
};

}  // namespace

TimedNetwork random_timed_network(std::mt19937& random, const RandomNetworkOptions& options) {
  return Generator(random, options).run();
}

TimedNetwork large_timed_network(std::mt19937& random, std::size_t actors, std::int64_t rows) {
  return ChainGenerator(random, rows).run(actors);
}

std::vector<EdgeActor> last_actor(const TimedNetwork& network) { return {{network.actors.size() - 1, 3}}; }

Capacities generous_capacities(const TimedNetwork& network, std::mt19937& random) {
  Capacities capacities;
  for (const auto& channel : network.channels)
    capacities.push_back(std::uniform_int_distribution<std::int64_t>(2 * channel.rows, 4 * channel.rows)(random));
  return capacities;
}

TimedChannel row_channel(std::string name, std::int64_t rows, std::size_t writer, std::vector<TimedReader> readers) {
  TimedChannel channel{std::move(name), rows, 8, writer, {}, {}, std::move(readers), {}};
  for (std::int64_t t = 1; t <= rows; ++t) channel.opened.push_back(t);
  channel.written = channel.opened;
  return channel;
}

TimedReader window_reader(std::size_t actor, std::int64_t rows, std::int64_t firings, std::int64_t window,
                          std::int64_t stride, std::int64_t padding) {
  TimedReader reader{actor, {}, {}};
  for (std::int64_t t = 0; t < firings; ++t) {
    reader.needed.push_back(std::clamp<std::int64_t>(t * stride - padding + window, 0, rows));
    reader.freed.push_back(t + 1 == firings ? rows : std::clamp<std::int64_t>((t + 1) * stride - padding, 0, rows));
  }
  return reader;
}

}  // namespace sluice
