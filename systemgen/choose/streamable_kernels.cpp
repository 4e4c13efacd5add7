#include "systemgen/choose/streamable_kernels.hpp"

#include <algorithm>

#include "frontend/loops/stream_sums.hpp"
#include "systemgen/choose/actor_front.hpp"
#include "systemgen/choose/made_tensors.hpp"

namespace sluice {
namespace {

/// Cycles that a result takes beside the addition to be loaded and stored, about.
constexpr std::int64_t kLoadAndStore = 6;

/// Cycles for a frame of a kernel without lanes.
Expected<std::int64_t> interval_without_lanes(const Kernel& kernel, const ActorOptions& actor,
                                              PipelineOptions options) {
  options.passes = {.skip = options.passes.skip};
  options.stats = nullptr;
  const auto built = pipeline_kernel(kernel, actor, options);
  if (!built) return built.errors();
  return interval_of(built->kernel, built->nests);
}

std::int64_t iterations_of(const Kernel& kernel, const Nest& nest) {
  return token_count(kernel) * iteration_count(nest);
}

std::int64_t products_of(const Kernel& kernel) {
  std::int64_t products = 0;
  for (const auto& nest : kernel.nests)
    products += iterations_of(kernel, nest) * std::ranges::count(nest.body, Opcode::multiply, &Op::code);
  return products;
}

/// Cycles between two frames, at least: nothing has more lanes than there are multipliers, and all share these.
std::int64_t least_interval(const std::vector<Kernel>& kernels, std::optional<std::int64_t> multipliers) {
  std::int64_t products = 0;
  std::int64_t most = 0;  // of one kernel
  for (const auto& kernel : kernels) {
    products += products_of(kernel);
    most = std::max(most, products_of(kernel));
    for (const auto& nest : kernel.nests) most = std::max(most, iterations_of(kernel, nest));
  }
  return multipliers ? std::max(products, most) / *multipliers : most;
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
    const std::int64_t turn = sums_in_flight(kernel, actor) + kLoadAndStore;
    std::size_t changes = 0;
    const ChosenPass pass{"stream-sums", [&](Kernel& now) { return changes = stream_sums(now, made, turn); }, true};
    if (auto errors = run_chosen_pass(pass, kernel, options.passes, options.stats); !errors.empty()) return errors;
    if (changes == 0) continue;
    const auto before = interval_without_lanes(found.whole_[k], actor, options);
    if (!before) return before.errors();
    const auto after = interval_without_lanes(kernel, actor, options);
    if (!after) return after.errors();
    const std::int64_t cycles = token_count(kernel) * turn;
    if (*after <= *before) found.streamed_[k] = Streamed{std::move(kernel), cycles};
  }
  return found;
}

std::vector<Kernel> StreamableKernels::kernels(std::optional<std::int64_t> multipliers) const {
  const std::int64_t interval = least_interval(whole_, multipliers);
  std::vector<Kernel> kernels;
  for (std::size_t k = 0; k < whole_.size(); ++k) {
    const bool streams = streamed_[k] && streamed_[k]->cycles <= interval;
    kernels.push_back(streams ? streamed_[k]->kernel : whole_[k]);
  }
  return kernels;
}

}  // namespace sluice
