#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <ranges>

#include "benchmarks/results/sections.hpp"

namespace sluice::bench {
namespace {

/// "xc7 at 10 ns, asap7 at 1 ns": that of most cases first.
std::string targets_of(const std::vector<Result>& results) {
  std::map<std::string, std::ptrdiff_t> times;
  for (const auto& result : results) ++times[fmt::format("{} at {} ns", result.target, result.clock_ns)];
  std::vector<std::pair<std::ptrdiff_t, std::string>> sorted;
  for (const auto& [target, count] : times) sorted.emplace_back(-count, target);
  std::ranges::sort(sorted);
  return fmt::format("{}", fmt::join(sorted | std::views::values, ", "));
}

/// Seconds and memory of the slowest compilation.
std::string compile_text(const std::vector<Result>& results) {
  double seconds = 0;
  double megabytes = 0;
  for (const auto& result : results) {
    if (!result.figures) continue;
    seconds = std::max(seconds, result.figures->compile_seconds);
    megabytes = std::max(megabytes, result.figures->peak_mb);
  }
  return fmt::format("the slowest of these cases took {:.1f} s, the largest {:.0f} MB", seconds, megabytes);
}

}  // namespace

Document counting_section(const Results& results) {
  const auto& all = results.all();
  const auto verified = std::ranges::count(all, Outcome::verified, &Result::outcome);
  const auto differing = std::ranges::count(all, Outcome::differs, &Result::outcome);
  const auto exact = std::ranges::count_if(all, [](const Result& result) {
    return result.figures && result.figures->latency == result.figures->predicted_latency;
  });
  return {
      Heading{"What is counted"},
      Paragraph{fmt::format("{} cases for {}; {} of them simulated and verified bit for bit, {} with exactly the "
                            "predicted cycles of the system; {} differ. Cases that are marked as compiled were not "
                            "simulated.",
                            all.size(), targets_of(all), verified, exact, differing)},
      Paragraph{"Cycles are those of the accelerators, each from start to done, with operands and results in on-chip "
                "arrays: the way in which cycles of high-level synthesis are published. Where a design has several "
                "accelerators, `cycles` is their sum, since the system runs one after another; with "
                "--system=staged, as PolyBench's kernels at -O2, those of one stage run at the same time, and the "
                "slowest of each stage counts. `critical` is the longest path over accelerators that read each "
                "other's results, as if each started once they are there. `whole system` is what the simulation takes "
                "from the first element on the input stream to the "
                "last on the output stream, one element a beat."},
      Paragraph{fmt::format(
          "Multipliers are all units that multiply, floats or integers. Efficiency is MACs / (cycles x "
          "multipliers built). A MAC is a multiplication with an addition by the operator's definition; scaling "
          "by a constant is no MAC, though it needs a multiplier. Compile time is that of `sluice` from the "
          "model to Verilog, without simulation: {}.",
          compile_text(all))},
      Paragraph{
          "Made with `sluice_bench --out bench`, then `sluice_bench polybench standard_cells --synth --out bench` "
          "and `sluice_bench report --out bench --page docs/results`."}};
}

}  // namespace sluice::bench
