#include "systemgen/stream_rows.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "frontend/loops/loop_pass.hpp"
#include "frontend/loops/stream_sums.hpp"
#include "frontend/ops/lowering.hpp"
#include "systemgen/choose/actor_front.hpp"

namespace sluice {
namespace {

/// A port sends rows in the order of the elements: one is complete after the other.
MadeTensor sent(const Shape& shape) {
  MadeTensor made{shape, {}};
  for (const int d : row_dimensions(shape)) made.rows.push_back(static_cast<std::size_t>(d));
  return made;
}

/// The dimensions of a kernel's result that go with its firings; none if it is stored in several ways.
std::optional<MadeTensor> made_by(const Kernel& kernel, ArrayId array) {
  const Array& output = kernel.array(array);
  std::optional<MadeTensor> made;
  for (const auto& nest : kernel.nests) {
    for (const auto& op : nest.body) {
      if (op.array != array) continue;
      MadeTensor now{output.shape, {}};
      for (std::size_t d = 0; d < op.index.size(); ++d) {
        for (std::size_t i = 0; i < kernel.token_loops.size(); ++i) {
          if (op.index[d] == AffineExpr::iterator(i)) now.rows.push_back(d);
        }
      }
      if (made && made->rows != now.rows) return std::nullopt;
      made = std::move(now);
    }
  }
  return made;
}

/// Cycles between two frames, at least: nothing has more lanes than multipliers, and all share these.
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

}  // namespace

Diagnostics stream_rows(const TensorGraph& graph, std::vector<Kernel>& kernels, const ActorOptions& actor,
                        const PipelineOptions& options, std::int64_t multipliers) {
  constexpr std::int64_t kLoadAndStore = 6;  // cycles around the addition, about
  if (!options.reassociate) return {};
  std::map<std::string, MadeTensor> made;
  for (const auto node : graph.inputs)
    made.emplace(graph[node].outputs[0].name, sent(graph[node].outputs[0].type.shape));
  for (const auto& kernel : kernels) {
    for (const auto array : id_range<ArrayId>(kernel.arrays.size())) {
      if (kernel.array(array).role != ArrayRole::output) continue;
      if (auto tensor = made_by(kernel, array)) made.emplace(kernel.array(array).tensor, std::move(*tensor));
    }
  }
  const std::int64_t interval = least_interval(kernels, multipliers);
  for (auto& kernel : kernels) {
    const std::int64_t turn = sums_in_flight(kernel, actor) + kLoadAndStore;
    const StreamedFirings firings{turn, interval / turn};
    const ChosenPass pass{"stream-sums", [&](Kernel& k) { return stream_sums(k, made, firings); }, true};
    if (auto errors = run_chosen_pass(pass, kernel, options.passes, options.stats); !errors.empty()) return errors;
  }
  return {};
}

}  // namespace sluice
