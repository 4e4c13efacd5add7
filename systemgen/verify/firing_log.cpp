#include "systemgen/verify/firing_log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "systemgen/analysis/blocked_cycle.hpp"

namespace sluice {
namespace {

constexpr const char* kBug = "this is a bug in Sluice; please report the model";

std::string place(const TimedActor& actor, std::int64_t firing) {
  return fmt::format("firing {} of frame {}", firing % actor.firings, firing / actor.firings);
}

/// The first of an actor's firings that is not when it should be.
std::optional<Diagnostic> difference(const TimedActor& actor, const std::vector<std::int64_t>& got,
                                     const std::vector<std::int64_t>& wanted) {
  const auto [at, expected] = std::ranges::mismatch(got, wanted);
  if (at == got.end() || expected == wanted.end()) return {};
  return Diagnostic{actor.name,
                    fmt::format("{} starts in cycle {}, {} predicted", place(actor, at - got.begin()), *at, *expected),
                    kBug};
}

/// "y (row 3)" for each channel on which somebody waits for the actor.
std::vector<std::string> waited_for(const TimedSystem& system, const std::vector<std::int64_t>& fired,
                                    std::size_t actor) {
  std::vector<std::string> texts;
  for (const auto& of_actor : gates(system.network, system.capacities)) {
    for (const auto& gate : of_actor) {
      if (gate.neighbour != actor || gate.needed.at(fired[gate.actor]) <= fired[actor]) continue;
      texts.push_back(fmt::format("{} to {} rows of {}", system.network.actors[gate.actor].name,
                                  gate.kind == Gate::Kind::token ? "get" : "have room for",
                                  system.network.channels[gate.channel].name));
    }
  }
  return texts;
}

/// By actor, the firings without which the sinks could not have ended the frames. Others may come after that: of rows
/// that nobody needs.
std::vector<std::int64_t> firings_due(const TimedSystem& system, std::int64_t frames) {
  std::vector<std::int64_t> due(system.network.actors.size(), 0);
  std::vector<std::size_t> open;
  const auto raise = [&](std::size_t actor, std::int64_t firings) {
    if (firings <= due[actor]) return;
    due[actor] = firings;
    open.push_back(actor);
  };
  for (const auto& sink : system.sinks) raise(sink.actor, system.network.actors[sink.actor].firings * frames);
  const auto of_actors = gates(system.network, system.capacities);
  while (!open.empty()) {
    const auto actor = open.back();
    open.pop_back();
    for (const auto& gate : of_actors[actor]) raise(gate.neighbour, gate.needed.at(due[actor] - 1));
  }
  return due;
}

}  // namespace

FiringTimes firings_of(const TimedSystem& system, const std::vector<std::vector<std::int64_t>>& log,
                       std::int64_t first_beat, std::int64_t frames) {
  FiringTimes times;
  for (std::size_t a = 0; a < system.network.actors.size(); ++a) {
    auto& starts = times.starts.emplace_back();
    if (a >= log.size()) continue;
    const auto most = system.network.actors[a].firings * frames;
    for (const auto cycle : log[a]) {
      if (std::ssize(starts) < most) starts.push_back(std::max<std::int64_t>(cycle - first_beat, 0));
    }
  }
  return times;
}

Diagnostics check_firings(const TimedSystem& system, const FiringTimes& times, std::int64_t frames, bool exact) {
  Diagnostics found = verify(system.network, system.capacities, times);
  const auto predicted = fire_times(system.network, system.capacities, frames);
  if (!predicted) append(found, predicted.errors());
  const auto due = firings_due(system, frames);
  for (std::size_t a = 0; a < system.network.actors.size() && a < times.starts.size(); ++a) {
    const auto& actor = system.network.actors[a];
    const auto& starts = times.starts[a];
    if (std::ssize(starts) < due[a]) {
      found.push_back({actor.name, fmt::format("{} never starts", place(actor, std::ssize(starts))), kBug});
    }
    if (!exact || !predicted) continue;
    if (auto differs = difference(actor, starts, predicted->starts[a])) found.push_back(std::move(*differs));
  }
  return found;
}

Diagnostics explain_stop(const TimedSystem& system, const FiringTimes& times, std::int64_t frames) {
  const auto& network = system.network;
  std::vector<std::int64_t> fired;
  for (const auto& starts : times.starts) fired.push_back(std::ssize(starts));
  if (const auto cycle = blocked_cycle(network, system.capacities, fired); !cycle.empty())
    return {explain(network, system.capacities, cycle)};
  const auto all_gates = gates(network, system.capacities);
  Diagnostics found;
  for (std::size_t a = 0; a < network.actors.size(); ++a) {
    const bool waits = std::ranges::any_of(
        all_gates[a], [&](const Gate& gate) { return gate.needed.at(fired[a]) > fired[gate.neighbour]; });
    if (waits || fired[a] >= network.actors[a].firings * frames) continue;
    const auto others = waited_for(system, fired, a);
    found.push_back({network.actors[a].name,
                     fmt::format("{} does not start, though all its neighbours' firings that it needs have{}{}",
                                 place(network.actors[a], fired[a]), others.empty() ? "" : "; it is waited for by ",
                                 fmt::join(others, ", ")),
                     "a firing of it or of a neighbour did not end"});
  }
  return found;
}

}  // namespace sluice
