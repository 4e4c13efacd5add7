#pragma once

#include "systemgen/flow_options.hpp"
#include "systemgen/report/progress.hpp"
#include "systemgen/report/report.hpp"

namespace sluice {

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
