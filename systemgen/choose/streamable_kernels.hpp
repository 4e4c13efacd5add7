#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/diag/expected.hpp"
#include "core/kernel/kernel.hpp"
#include "core/tensor/tensor_graph.hpp"
#include "systemgen/choose/kernel_front.hpp"
#include "systemgen/choose/pipeline_kernel.hpp"
#include "systemgen/network/stream_order.hpp"

namespace sluice {

/// The kernels of a model, some of which can take rows of what they reduce as they come
/// (frontend/loops/stream_sums.hpp). That needs smaller buffers, but a firing for each row, which is at least as long
/// as a sum takes to be added to and to be there again, and lanes only within a row: a system may have to be faster.
class StreamableKernels {
 public:
  /// None can.
  explicit StreamableKernels(std::vector<Kernel> kernels);

  /// Those can that are no slower so, without lanes; none if sums must keep their order. Errors: a kernel has no
  /// schedule, or the pass leaves a wrong one.
  static Expected<StreamableKernels> find(const TensorGraph& graph, std::vector<Kernel> kernels,
                                          const StreamOrders& orders, const ActorOptions& actor,
                                          const PipelineOptions& options);

  [[nodiscard]] const std::vector<Kernel>& whole() const { return whole_; }

  /// All that can take rows do so, as is best where each accelerator has one unit of each kind.
  [[nodiscard]] std::vector<Kernel> streamed() const;

  /// All kernels, as they may be in a system with at most so many multipliers: those take rows that are as fast with
  /// them by the model of cycles, which does not see how their neighbours' lanes fit; or none do, or all that can. Each
  /// list once.
  [[nodiscard]] std::vector<std::vector<Kernel>> forms(std::int64_t multipliers) const;

 private:
  /// Another form of a kernel.
  struct Streamed {
    Kernel kernel;
    FrontOptions options;     ///< of both forms, but for the most lanes
    std::int64_t cycles = 0;  ///< of a frame at least, with any lanes
  };

  /// Which kernels can take rows, and which are as fast with them.
  [[nodiscard]] std::vector<bool> can_stream() const;
  [[nodiscard]] std::vector<bool> as_fast_streamed(std::int64_t multipliers) const;
  [[nodiscard]] std::vector<Kernel> with(const std::vector<bool>& streams) const;

  std::vector<Kernel> whole_;
  std::vector<std::optional<Streamed>> streamed_;  ///< by kernel
};

}  // namespace sluice
