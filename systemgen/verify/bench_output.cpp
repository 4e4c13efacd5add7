#include <fmt/format.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <map>
#include <sstream>

#include "core/arith/floor_div.hpp"
#include "systemgen/verify/simulator.hpp"

namespace sluice {
namespace {

/// A line "SLUICE [kind] key=value ...".
struct BenchLine {
  std::string kind;
  std::map<std::string, std::string> values;

  explicit BenchLine(const std::string& line) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    while (words >> word) {
      const auto equals = word.find('=');
      if (equals == std::string::npos) {
        kind = word;
      } else {
        values[word.substr(0, equals)] = word.substr(equals + 1);
      }
    }
  }

  [[nodiscard]] std::string text(const std::string& key) const {
    const auto found = values.find(key);
    return found == values.end() ? "" : found->second;
  }
  [[nodiscard]] std::int64_t number(const std::string& key) const {
    return std::strtoll(text(key).c_str(), nullptr, 10);
  }
};

ValueMismatch mismatch_of(const BenchLine& line, const std::string& name) {
  return {line.text(name),       line.number("frame"), line.number("index"), line.number("cycle"),
          line.text("expected"), line.text("got"),     line.number("bank")};
}

/// Whether the line was that of a firing; there are so many of them that they are read in a simple way.
bool take_fire(const std::string& text, SimulationResult& result) {
  std::size_t actor = 0;
  std::int64_t cycle = 0;
  if (std::sscanf(text.c_str(), "SLUICE fire actor=%zu cycle=%" SCNd64, &actor, &cycle) != 2) return false;
  if (actor >= result.fires.size()) result.fires.resize(actor + 1);
  result.fires[actor].push_back(cycle);
  return true;
}

std::string last_lines(const std::string& output) {
  constexpr std::size_t kShown = 2000;
  return output.size() <= kShown ? output : "..." + output.substr(output.size() - kShown);
}

}  // namespace

std::optional<std::int64_t> measured_interval(const std::vector<FrameTime>& frames) {
  if (frames.size() < 2) return std::nullopt;
  const std::size_t count = std::max<std::size_t>(frames.size() / 4 * 2, 1);
  const std::int64_t cycles = frames.back().last - frames[frames.size() - 1 - count].last;
  return ceil_div(cycles, static_cast<std::int64_t>(count));
}

Expected<SimulationResult> parse_bench_output(const std::string& output) {
  SimulationResult result;
  bool ended = false;
  std::istringstream lines(output);
  for (std::string text; std::getline(lines, text);) {
    if (text == "PASS") result.passed = true;
    if (!text.starts_with("SLUICE") || take_fire(text, result)) continue;
    const BenchLine line(text);
    if (line.kind.empty()) {
      result.frames.push_back({line.number("frame"), line.number("first"), line.number("last")});
    } else if (line.kind == "mismatch") {
      result.mismatches.push_back(mismatch_of(line, "output"));
    } else if (line.kind == "probe") {
      result.probes.push_back(mismatch_of(line, "channel"));
    } else if (line.kind == "violation") {
      result.violations.push_back(text.substr(text.find("output=")));
    } else if (line.kind == "end") {
      ended = true;
      result.mismatch_count = line.number("mismatches");
      result.cycles = line.number("cycle");
    } else if (line.kind == "timeout") {
      ended = true;
      result.cycles = line.number("cycle");
      result.stopped = Diagnostic{
          "simulation",
          fmt::format("the design did not finish: {} frames after {} cycles", line.number("frames"), result.cycles),
          "this is a bug in Sluice; please report the model"};
    }
  }
  if (!ended) {
    return Diagnostic{"simulation",
                      "the test bench did not come to its end; the simulator said:\n" + last_lines(output), ""};
  }
  return result;
}

}  // namespace sluice
