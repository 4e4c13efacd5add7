#include <fmt/format.h>

#include <algorithm>

#include "benchmarks/results/sections.hpp"

namespace sluice::bench {

Document counting_section(const Results& results) {
  const auto& all = results.all();
  const auto verified = std::ranges::count(all, Outcome::verified, &Result::outcome);
  const auto differing = std::ranges::count(all, Outcome::differs, &Result::outcome);
  const auto exact = std::ranges::count_if(all, [](const Result& result) {
    return result.figures && result.figures->latency == result.figures->predicted_latency;
  });
  std::string target = "no target";
  if (!all.empty()) target = fmt::format("{} at {} ns", all.front().target, all.front().clock_ns);
  return {
      Heading{"What is counted"},
      Paragraph{fmt::format("{} cases for {}; {} of them simulated and verified bit for bit, {} with exactly the "
                            "predicted cycles of the system; {} differ. Cases that are marked as compiled were not "
                            "simulated.",
                            all.size(), target, verified, exact, differing)},
      Paragraph{"Cycles are those of the accelerators, each from start to done, with operands and results in on-chip "
                "arrays: the way in which cycles of high-level synthesis are published. Where a design has several "
                "accelerators, `cycles` is their sum, since the system runs one after another; with "
                "--system=staged, as PolyBench's kernels at -O2, those of one stage run at the same time, and the "
                "slowest of each stage counts. `critical` is the longest path over accelerators that read each "
                "other's results, as if each started once they are there. `whole system` is what the simulation takes "
                "from the first element on the input stream to the "
                "last on the output stream, one element a beat."},
      Paragraph{"Multipliers are all units that multiply, floats or integers. Efficiency is MACs / (cycles x "
                "multipliers built). A MAC is a multiplication with an addition by the operator's definition; scaling "
                "by a constant is no MAC, though it needs a multiplier. Compile time is that of `sluice` from the "
                "model to Verilog, without simulation."}};
}

}  // namespace sluice::bench
