#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "benchmarks/runner/result.hpp"
#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {

/// A model in a configuration.
struct Case {
  std::string suite;
  Subject subject;
  Configuration configuration;
  bool fast = false;  ///< in the fast subset

  [[nodiscard]] std::string name() const;  ///< "layers/lenet_fc_84_10/O2-16"
};

/// What is the same for all cases.
struct CaseOptions {
  std::filesystem::path sluice;         ///< the program
  std::string sluice_digest;            ///< of its bytes
  std::filesystem::path out;            ///< folder of models, results and designs
  std::string target = "xc7";           ///< for --target
  double clock_ns = 10;                 ///< for --clock
  std::string simulator = "auto";       ///< "auto": the one that is likely to be done first
  std::int64_t most_cycles = 60000000;  ///< designs that take more cycles for all frames are only compiled
  bool synthesise = false;              ///< run `sluice synth` too
  bool keep = false;                    ///< keep the written designs
  std::chrono::seconds timeout{900};    ///< of each program that is started, but of a synthesis
  std::chrono::seconds synthesis_timeout{1800};
};

/// What a result depends on: the program, the model, the options that change figures.
std::string fingerprint(const Case& job, const CaseOptions& options, std::string_view model);

/// Where a case's result is.
std::filesystem::path result_file(const std::filesystem::path& out, const std::string& name);

/// The simulator that is likely to be done first with a design of so many multipliers and so many cycles: Icarus
/// Verilog starts at once, but its speed falls with the size of the design; Verilator first compiles for seconds.
std::string faster_simulator(std::int64_t cycles, std::int64_t multipliers);

/// Compiles the model, measures that, and simulates it where the case wants it. What goes wrong is in the result; only
/// Interrupted is thrown.
Result run_case(const Case& job, const CaseOptions& options, const std::filesystem::path& model);

/// A case that was `done` before without a synthesis, with one: the design is written again, and not simulated.
Result add_cells(const Case& job, const CaseOptions& options, const std::filesystem::path& model, Result done);

}  // namespace sluice::bench
