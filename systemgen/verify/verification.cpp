#include "systemgen/verify/verification.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "systemgen/analysis/channel_occupancy.hpp"
#include "systemgen/verify/actual_outputs.hpp"
#include "systemgen/verify/bench_files.hpp"
#include "systemgen/verify/fault.hpp"
#include "systemgen/verify/firing_log.hpp"

namespace sluice {
namespace {

constexpr const char* kBug = "this is a bug in Sluice; please report the model";

class Verifier {
 public:
  Verifier(const Design& design, const std::vector<std::string>& sources, const std::vector<Frame>& frames,
           const VerificationOptions& options, OutputFolder& folder)
      : design_(&design), sources_(&sources), frames_(&frames), options_(&options), folder_(&folder) {}

  Expected<Verification> run(const std::vector<ChannelContents>& expected) {
    const auto simulated = run_bench(bench_spec(*design_, static_cast<int>(expected.size()), false), *sources_);
    if (!simulated) return simulated.errors();
    take_firings(*simulated);
    if (simulated->stopped) return why_stopped(*simulated->stopped);
    take_cycles(*simulated);
    if (auto errors = compare_outputs(expected); !errors.empty()) return errors;
    for (const auto& violation : simulated->violations) {
      fail({"AXI4-Stream", "the hardware breaks the protocol: " + violation, kBug});
    }
    if (result_.mismatches > 0) explain_mismatch(*simulated);
    compare_golden();
    if (result_.failures.empty() && !simulated->passed) fail({"simulation", "the test bench says FAIL", kBug});
    return std::move(result_);
  }

 private:
  void fail(Diagnostic diagnostic) { result_.failures.push_back(std::move(diagnostic)); }

  Expected<SimulationResult> run_bench(const BenchSpec& spec, const std::vector<std::string>& sources) {
    SimulationJob job;
    job.simulator = options_->simulator;
    job.rtl = folder_->path() / "rtl";
    job.plusargs = options_->plusargs;
    if (!spec.fires.empty()) job.plusargs.emplace_back("+fires");
    for (const auto& file : sources) job.sources.push_back("../" + file);
    // The test bench counts cycles and gives up by itself; this is for a simulator that hangs.
    constexpr std::int64_t kSlowest = 200;  // cycles in a second
    job.timeout = std::chrono::seconds(1200 + spec.timeout_cycles / kSlowest);
    return simulate(job);
  }

  void take_firings(const SimulationResult& simulated) {
    const auto& timed = design_->system.timed;
    if (!timed) return;
    const std::int64_t begin = simulated.frames.empty() ? 0 : simulated.frames.front().first;
    const auto frames = std::ssize(*frames_);
    result_.firings = firings_of(*timed, simulated.fires, begin, frames);
    if (simulated.stopped) return;
    result_.occupancy.emplace();
    for (std::size_t c = 0; c < timed->network.channels.size(); ++c)
      result_.occupancy->push_back(greatest_occupancy(timed->network, *result_.firings, c));
    for (auto& wrong : check_firings(*timed, *result_.firings, frames, options_->plusargs.empty()))
      fail(std::move(wrong));
  }

  [[nodiscard]] Diagnostics why_stopped(const Diagnostic& stopped) const {
    Diagnostics errors{stopped};
    if (result_.firings) append(errors, explain_stop(*design_->system.timed, *result_.firings, std::ssize(*frames_)));
    return errors;
  }

  void take_cycles(const SimulationResult& simulated) {
    const auto& times = simulated.frames;
    const auto& system = design_->system;
    if (!times.empty()) result_.latency = times[0].last - times[0].first;
    result_.interval = measured_interval(times);
    const auto check = [&](const char* what, std::optional<std::int64_t> simulated_cycles, std::int64_t predicted) {
      if (!options_->plusargs.empty() || !simulated_cycles || *simulated_cycles == predicted) return;
      fail({what, fmt::format("{} cycles simulated, {} predicted", *simulated_cycles, predicted), kBug});
    };
    check("latency", result_.latency, system.predicted_latency);
    if (!system.timed) {
      check("interval", result_.interval, system.predicted_interval);
      return;
    }
    const auto predicted = predicted_frames(*system.timed, std::ssize(times));
    for (std::size_t frame = 1; frame < times.size(); ++frame) {
      const std::int64_t end = predicted.at(frame).end - predicted.front().begin;
      check("end of a frame", times[frame].last - times[0].first, end);
    }
  }

  Diagnostics compare_outputs(const std::vector<ChannelContents>& expected) {
    const auto& network = design_->network;
    result_.outputs.resize(expected.size());
    for (std::size_t i = 0; i < network.outputs.size(); ++i) {
      const auto& port = design_->system.ports[network.inputs.size() + i];
      auto actual = read_actual(folder_->path() / "sim" / (port.name + ".actual.mem"), port, expected.size());
      if (!actual) return actual.errors();
      const auto channel = network.read_by(network.outputs[i]);
      std::int64_t differing = 0;
      for (std::size_t frame = 0; frame < expected.size(); ++frame) {
        const auto bits = to_bits(actual->frames[frame]);
        const auto& wanted = expected[frame][channel.index()];
        for (std::size_t e = 0; e < bits.size(); ++e) differing += bits[e] != wanted[e];
        result_.elements += static_cast<std::int64_t>(bits.size());
        result_.outputs[frame].push_back(std::move(actual->frames[frame]));
      }
      result_.mismatches += std::max(differing, actual->undefined);
    }
    return {};
  }

  /// What differs at the outputs, and who did it.
  void explain_mismatch(const SimulationResult& simulated) {
    fail({"outputs", fmt::format("{} of {} elements differ from the reference", result_.mismatches, result_.elements),
          ""});
    if (simulated.mismatches.empty()) return;
    const auto first = std::min_element(simulated.mismatches.begin(), simulated.mismatches.end(),
                                        [](const auto& a, const auto& b) { return a.frame < b.frame; });
    for (const auto& port : design_->system.ports) {
      if (port.name != first->name) continue;
      ValueMismatch mismatch = *first;
      mismatch.index = port.order.element(mismatch.index);
      fail({port.tensor, describe_mismatch(mismatch, scalar_type(port.type.element), port.type.shape), ""});
    }
    fail(find_actor(static_cast<std::size_t>(first->frame)));
  }

  /// Simulates up to the frame that went wrong, watching all actors.
  Diagnostic find_actor(std::size_t frame) {
    std::vector<ChannelContents> all;
    for (std::size_t i = 0; i <= frame; ++i) {
      std::vector<std::vector<std::uint64_t>> inputs;
      for (const auto& tensor : (*frames_)[i].inputs) inputs.push_back(to_bits(tensor));
      auto contents = execute(design_->network, inputs);
      if (!contents) return contents.errors().front();
      all.push_back(std::move(*contents));
    }
    const auto spec = bench_spec(*design_, static_cast<int>(all.size()), true);
    const auto bench = write_bench(*design_, spec, all, *folder_);
    if (!bench) return bench.errors().front();
    std::vector<std::string> sources = *bench;
    std::copy_if(sources_->begin(), sources_->end(), std::back_inserter(sources),
                 [](const std::string& file) { return !file.starts_with("sim/"); });
    const auto probed = run_bench(spec, sources);
    if (!probed) return probed.errors().front();
    return probed->stopped ? *probed->stopped : locate_fault(*design_, *probed);
  }

  void compare_golden() {
    const auto& network = design_->network;
    for (std::size_t i = 0; i < network.outputs.size(); ++i) {
      Deviation of_output;
      for (std::size_t frame = 0; frame < frames_->size(); ++frame) {
        const auto& golden = (*frames_)[frame].golden;
        if (golden.empty()) continue;
        of_output.include(deviation(result_.outputs[frame][i], golden[i], options_->tolerance));
      }
      result_.deviation.include(of_output);
      if (of_output.outside == 0) continue;
      const Tolerance tolerance = tolerance_for(result_.outputs[0][i].element(), options_->tolerance);
      fail({network[network.outputs[i]].name,
            fmt::format(
                "{} elements are outside the tolerance (--rtol {:g}, --atol {:g}) of the golden output; the largest "
                "error is {:.3g} absolute, {:.3g} relative",
                of_output.outside, tolerance.relative, tolerance.absolute, of_output.max_absolute,
                of_output.max_relative),
            ""});
    }
  }

  const Design* design_;
  const std::vector<std::string>* sources_;
  const std::vector<Frame>* frames_;
  const VerificationOptions* options_;
  OutputFolder* folder_;
  Verification result_;
};

}  // namespace

Expected<std::vector<ChannelContents>> execute_frames(const TokenNetwork& network, const std::vector<Frame>& frames) {
  std::vector<bool> at_port(network.channels.size(), false);
  for (const auto input : network.inputs) at_port[network.made_by(input).at(0).index()] = true;
  for (const auto output : network.outputs) at_port[network.read_by(output).index()] = true;
  std::vector<ChannelContents> result;
  for (const auto& frame : frames) {
    std::vector<std::vector<std::uint64_t>> inputs;
    for (const auto& tensor : frame.inputs) inputs.push_back(to_bits(tensor));
    auto contents = execute(network, inputs);
    if (!contents) return contents.errors();
    for (std::size_t i = 0; i < contents->size(); ++i) {
      if (!at_port[i]) std::vector<std::uint64_t>().swap((*contents)[i]);  // many frames of all tensors are too much
    }
    result.push_back(std::move(*contents));
  }
  return result;
}

Expected<Verification> verify_design(const Design& design, const std::vector<std::string>& sources,
                                     const std::vector<Frame>& frames, const std::vector<ChannelContents>& expected,
                                     const VerificationOptions& options, OutputFolder& folder) {
  return Verifier(design, sources, frames, options, folder).run(expected);
}

}  // namespace sluice
