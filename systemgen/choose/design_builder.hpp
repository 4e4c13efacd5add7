#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "systemgen/choose/parallel_kernels.hpp"
#include "systemgen/choose/streamable_kernels.hpp"
#include "systemgen/compose_design.hpp"
#include "systemgen/report/report.hpp"

namespace sluice {

/// What a system has beside its actors.
struct SystemOptions {
  ActorOrder order = ActorOrder::dataflow;
  std::string top;                               ///< wanted name of the top module
  std::optional<Device> device;                  ///< whose use is reported
  std::optional<std::int64_t> stream_bits = {};  ///< as in ComposeOptions
  StreamOrders orders = {};                      ///< of all streams

  [[nodiscard]] SystemPace pace() const { return {order, stream_bits, orders}; }
};

/// Builds the design of one model for different numbers of multipliers, all that `sluice -O2` builds, without files. A
/// kernel that is built in the same way in several designs is scheduled, bound and generated once.
class DesignBuilder {
 public:
  /// `actor` has no limit on units. Keeps `graph` and what `actor` and `pipeline` point to.
  DesignBuilder(const TensorGraph& graph, StreamableKernels kernels, const ActorOptions& actor,
                PipelineOptions pipeline, SystemOptions system);
  ~DesignBuilder();
  DesignBuilder(const DesignBuilder&) = delete;
  DesignBuilder& operator=(const DesignBuilder&) = delete;

  /// Numbers of multipliers that give designs worth a look: the fewest that are needed, the most that are of use, not
  /// more than `most`, and `count` in all, about geometrically between. Errors: `most` is too few.
  [[nodiscard]] Expected<std::vector<std::int64_t>> budgets(std::int64_t most, int count) const;

  /// Numbers of multipliers up to `most` that give faster designs than smaller ones, and about the cycles that the
  /// design's interval has. Numbers limit lanes too, so there are several even where nothing multiplies. Errors: `most`
  /// is too few.
  struct Candidate {
    std::int64_t multipliers = 0;
    std::int64_t iterations = 0;
  };
  [[nodiscard]] Expected<std::vector<Candidate>> candidates(std::int64_t most) const;

  /// The fastest design with at most so many multipliers, as its report describes it.
  Expected<Report> build(std::int64_t multipliers, Progress& progress);

 private:
  struct Entry;

  Expected<Entry*> entry(const DesignSpace& space, const KernelPlan& plan);
  /// All kernels of the fastest design, parts one after another.
  Expected<std::vector<Entry*>> fastest_entries(std::int64_t multipliers, Progress& progress);

  const TensorGraph& graph_;
  StreamableKernels kernels_;
  ActorOptions actor_;
  PipelineOptions pipeline_;
  SystemOptions system_;
  std::vector<std::vector<std::unique_ptr<Entry>>> entries_;  ///< by kernel
};

}  // namespace sluice
