#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/diag/expected.hpp"
#include "core/tensor/tensor.hpp"
#include "frontend/passes/pass.hpp"
#include "systemgen/choose/parallel_kernels.hpp"
#include "systemgen/control/stages.hpp"
#include "systemgen/report/progress.hpp"
#include "systemgen/report/report.hpp"

namespace sluice {

/// The stages that a run can be stopped after.
enum class Stage : std::uint8_t { import, optimise, lower, rtl, all };

/// What is asked for.
struct FlowOptions {
  std::filesystem::path model;
  std::filesystem::path output;             ///< folder
  std::map<std::string, Shape> shapes;      ///< of inputs, by name
  std::set<std::string, std::less<>> skip;  ///< passes that don't run
  std::string target = "generic";           ///< name or path
  std::optional<double> clock_ns;           ///< default: the target's
  int optimisation =
      1;  ///< 0: iterations don't overlap, one unit of each kind; 1: pipelined; 2: parallel, as `goal` says
  Goal goal;
  bool reassociate = true;  ///< sums may add their terms in another order
  std::string scheduler = "sdc";
  ActorOrder order = ActorOrder::sequential;
  FrameOptions frames;
  bool verify = false;  ///< simulate and compare
  VerificationOptions verification;
  bool check_levels = false;  ///< compare each level with its neighbour on the frames' inputs
  std::string dump_after;     ///< a stage or pass, "all", or empty
  Stage stop_after = Stage::all;
};

/// What a run made.
struct FlowResult {
  Report report;
  std::vector<PassStats> passes;
  bool complete = true;  ///< false: stopped after a stage, there is no hardware
};

/// From an ONNX model to a folder with hardware, test bench and report; the page to read first. Errors: everything that
/// keeps the request from being built. A design that was built but fails its verification is a result.
Expected<FlowResult> run_flow(const FlowOptions& options, Progress& progress);

}  // namespace sluice
