#include "systemgen/choose/streamable_kernels.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "frontend/loops/stream_sums.hpp"
#include "systemgen/choose/actor_front.hpp"
#include "systemgen/choose/made_tensors.hpp"

namespace sluice {
namespace {

/// Cycles that a result takes beside the addition to be loaded and stored, about.
constexpr std::int64_t kLoadAndStore = 6;

/// Cycles for a frame of a kernel without lanes.
Expected<std::int64_t> interval_without_lanes(const Kernel& kernel, const ActorOptions& actor,
                                              const PipelineOptions& options) {
  const auto built = pipeline_kernel(kernel, actor, silent(options));
  if (!built) return built.errors();
  return interval_of(built->kernel, built->nests);
}

/// Cycles between two frames, at least: nothing has more lanes than there are multipliers, and all share these.
std::int64_t least_interval(const std::vector<Kernel>& kernels, std::int64_t multipliers) {
  std::int64_t products = 0;
  std::int64_t most = 0;
  for (const auto& kernel : kernels) {
    for (const auto& nest : kernel.nests) {
      const std::int64_t iterations = token_count(kernel) * iteration_count(nest);
      products += iterations * std::ranges::count(nest.body, Opcode::multiply, &Op::code);
      most = std::max(most, iterations);
    }
  }
  return std::max(products, most) / multipliers;
}

/// Iterations of a frame with the best lanes, and the multipliers that these need. Fewer than `enough` are no better.
std::pair<std::int64_t, std::int64_t> fewest_iterations(const Kernel& kernel, std::int64_t multipliers,
                                                        FrontOptions options, std::int64_t enough) {
  options.most_lanes = multipliers;
  std::pair<std::int64_t, std::int64_t> fewest{std::numeric_limits<std::int64_t>::max(), 0};
  for (const auto& point : kernel_front(kernel, options)) {
    if (point.multipliers <= multipliers)
      fewest = std::min(fewest, std::pair(std::max(point.iterations, enough), point.multipliers));
  }
  return fewest;
}

}  // namespace

StreamableKernels::StreamableKernels(std::vector<Kernel> kernels)
    : whole_(std::move(kernels)), streamed_(whole_.size()) {}

Expected<StreamableKernels> StreamableKernels::find(const TensorGraph& graph, std::vector<Kernel> kernels,
                                                    const StreamOrders& orders, const ActorOptions& actor,
                                                    const PipelineOptions& options) {
  StreamableKernels found(std::move(kernels));
  if (!options.reassociate) return found;
  const auto made = made_tensors(graph, found.whole_, orders);
  for (std::size_t k = 0; k < found.whole_.size(); ++k) {
    Kernel kernel = found.whole_[k];
    const std::int64_t sums = sums_in_flight(kernel, actor);
    const std::int64_t turn = sums + kLoadAndStore;
    std::size_t changes = 0;
    const ChosenPass pass{"stream-sums", [&](Kernel& now) { return changes = stream_sums(now, made, turn); }, true};
    if (auto errors = run_chosen_pass(pass, kernel, options.passes, options.stats); !errors.empty()) return errors;
    if (changes == 0) continue;
    const auto before = interval_without_lanes(found.whole_[k], actor, options);
    if (!before) return before.errors();
    const auto after = interval_without_lanes(kernel, actor, options);
    if (!after) return after.errors();
    if (*after > *before) continue;
    const FrontOptions front{.sums_in_flight = sums, .reassociate = options.reassociate};
    const std::int64_t cycles = token_count(kernel) * turn;
    found.streamed_[k] = Streamed{std::move(kernel), front, cycles};
  }
  return found;
}

std::vector<Kernel> StreamableKernels::with(const std::vector<bool>& streams) const {
  std::vector<Kernel> kernels;
  for (std::size_t k = 0; k < whole_.size(); ++k) kernels.push_back(streams[k] ? streamed_[k]->kernel : whole_[k]);
  return kernels;
}

std::vector<bool> StreamableKernels::as_fast_streamed(std::int64_t multipliers) const {
  const std::int64_t interval = least_interval(whole_, multipliers);
  std::vector<bool> streams(whole_.size());
  for (std::size_t k = 0; k < whole_.size(); ++k) {
    if (!streamed_[k]) continue;
    const Streamed& other = *streamed_[k];
    FrontOptions options = other.options;
    const auto before = fewest_iterations(whole_[k], multipliers, options, interval);
    options.least = [&](std::size_t, std::span<const std::int64_t>) { return other.cycles; };
    streams[k] = fewest_iterations(other.kernel, multipliers, options, interval) <= before;
  }
  return streams;
}

std::vector<bool> StreamableKernels::can_stream() const {
  std::vector<bool> can;
  for (const auto& other : streamed_) can.push_back(other.has_value());
  return can;
}

std::vector<Kernel> StreamableKernels::streamed() const { return with(can_stream()); }

std::vector<std::vector<Kernel>> StreamableKernels::forms(std::int64_t multipliers) const {
  const auto streams = as_fast_streamed(multipliers);
  std::vector<std::vector<Kernel>> forms{with(streams)};
  if (std::ranges::count(streams, true) > 0) forms.push_back(whole_);
  if (streams != can_stream()) forms.push_back(streamed());
  return forms;
}

}  // namespace sluice
