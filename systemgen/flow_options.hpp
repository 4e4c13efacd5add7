#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/tensor/tensor.hpp"
#include "systemgen/analysis/smallest_capacities.hpp"
#include "systemgen/choose/parallel_kernels.hpp"
#include "systemgen/control/stages.hpp"
#include "systemgen/network/stream_layouts.hpp"
#include "systemgen/output/dump.hpp"
#include "systemgen/verify/verification.hpp"

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
  ActorOrder order = ActorOrder::dataflow;
  BufferGoal buffers = BufferGoal::throughput;  ///< of a dataflow system
  std::optional<std::int64_t> stream_bits;      ///< of a dataflow system's beats; none: as its interval needs
  StreamLayouts stream_layouts;
  FrameOptions frames;
  bool verify = false;  ///< simulate and compare
  VerificationOptions verification;
  bool check_levels = false;  ///< compare each level with its neighbour on the frames' inputs
  std::string dump_after;     ///< a stage or pass, "all", or empty
  Stage stop_after = Stage::all;
};

/// What the kernels are scheduled for.
ActorOptions actor_options(const FlowOptions& options, const Target& target, double clock_ns);

/// How the kernels' loops are rewritten; what each pass leaves is dumped. Keeps `stats` and `dumper`.
PipelineOptions pipeline_options(const FlowOptions& options, std::vector<PassStats>& stats, Dumper& dumper);

}  // namespace sluice
