#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"
#include "systemgen/network/execute.hpp"
#include "systemgen/output/design.hpp"
#include "systemgen/output/rtl_files.hpp"
#include "systemgen/verify/deviation.hpp"
#include "systemgen/verify/frames.hpp"
#include "systemgen/verify/simulator.hpp"

namespace sluice {

struct VerificationOptions {
  Simulator simulator = Simulator::icarus;
  Tolerance tolerance;
  std::vector<std::string> plusargs;  ///< for the test bench
};

/// What simulating a design showed.
struct Verification {
  std::int64_t elements = 0;                           ///< of all outputs of all frames
  std::int64_t mismatches = 0;                         ///< of them, bits that differ between hardware and interpreter
  Deviation deviation;                                 ///< of the hardware from the golden outputs
  std::optional<std::int64_t> latency;                 ///< cycles, of the first frame
  std::optional<std::int64_t> interval;                ///< cycles between frames, see measured_interval; one frame has none
  std::optional<FiringTimes> firings;                  ///< of a dataflow system's actors
  std::optional<std::vector<std::int64_t>> occupancy;  ///< of its channels: most rows in use at once
  std::vector<std::vector<Tensor>> outputs;            ///< what the hardware gave, by frame and output port
  Diagnostics failures;                                ///< everything that is wrong, from the worst on; empty: verified
};

/// The contents of the channels at the ports, for each frame, by the kernels' interpreter.
Expected<std::vector<ChannelContents>> execute_frames(const TokenNetwork& network, const std::vector<Frame>& frames);

/// Simulates the design that was written to `folder`, with its test bench (`sources` are the files of both), and
/// compares: all outputs with `expected`, bit for bit; with the frames' golden outputs, within the tolerance; the
/// cycles with the predicted ones, in a dataflow system those of every firing. Where bits differ, a second simulation
/// finds the actor that went wrong first. Errors: what kept it from being simulated, or why the hardware stopped.
Expected<Verification> verify_design(const Design& design, const std::vector<std::string>& sources,
                                     const std::vector<Frame>& frames, const std::vector<ChannelContents>& expected,
                                     const VerificationOptions& options, OutputFolder& folder);

}  // namespace sluice
