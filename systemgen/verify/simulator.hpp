#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"
#include "systemgen/output/temporary_folder.hpp"

namespace sluice {

enum class Simulator : std::uint8_t { icarus, verilator };

/// What a simulator is to run. It runs in `rtl`, where the memory files are.
struct SimulationJob {
  Simulator simulator = Simulator::icarus;
  std::filesystem::path rtl;           ///< absolute folder of the design
  std::vector<std::string> sources;    ///< Verilog files, relative to `rtl`
  std::vector<std::string> plusargs;   ///< "+stall=30"
  std::chrono::seconds timeout{3600};  ///< for building and for running, each
};

struct FrameTime {
  std::int64_t frame = 0;
  std::int64_t first = 0;  ///< cycle of the first input beat
  std::int64_t last = 0;   ///< cycle of the last output beat
};

/// A difference, as the test bench saw it. Values are hexadecimal; 'x' where the hardware had none.
struct ValueMismatch {
  std::string name;  ///< of the output stream or the probed channel
  std::int64_t frame = 0;
  std::int64_t index = 0;  ///< of a probe: in its bank
  std::int64_t cycle = 0;  ///< of a probe
  std::string expected;
  std::string got;
  std::int64_t bank = 0;  ///< of a probe
};

/// What the test bench said.
struct SimulationResult {
  bool passed = false;
  std::vector<FrameTime> frames;
  std::vector<ValueMismatch> mismatches;  ///< the first few of each output
  std::vector<ValueMismatch> probes;      ///< the first of each channel, in the order of time
  std::vector<std::string> violations;    ///< of the stream protocol
  /// Cycles in which firings start, by the actor's number in the bench; only with +fires.
  std::vector<std::vector<std::int64_t>> fires;
  std::optional<Diagnostic> stopped;  ///< why it came to no end: outputs are missing
  std::int64_t mismatch_count = 0;    ///< beats
  std::int64_t cycles = 0;            ///< simulated altogether
  double build_seconds = 0;
  double run_seconds = 0;
};

/// Cycles between the ends of frames, on average over an even number of the last half: the pace may alternate. Rounded
/// up; none of a single frame.
std::optional<std::int64_t> measured_interval(const std::vector<FrameTime>& frames);

/// A simulation that was built once, to be run as often as wanted.
class Simulation {
 public:
  /// In a temporary folder (Verilator's make bears no spaces in paths, so it can't be beside the design). An error if
  /// the simulator is missing or finds the Verilog wrong.
  static Expected<Simulation> build(SimulationJob job);

  /// With these arguments in place of the job's. An error if it does not end in time itself.
  [[nodiscard]] Expected<SimulationResult> run(const std::vector<std::string>& plusargs) const;

 private:
  Simulation(SimulationJob job, TemporaryFolder folder) : job_(std::move(job)), folder_(std::move(folder)) {}

  SimulationJob job_;
  TemporaryFolder folder_;
  double build_seconds_ = 0;
};

/// Builds a simulation and runs it once.
Expected<SimulationResult> simulate(const SimulationJob& job);

/// The test bench's lines in a simulator's output; an error if it did not come to an end.
Expected<SimulationResult> parse_bench_output(const std::string& output);

}  // namespace sluice
