#include "systemgen/choose/made_tensors.hpp"

#include <optional>

#include "frontend/ops/lowering.hpp"

namespace sluice {
namespace {

/// The dimensions that tell a stream's rows apart. In row-major order an image has rows of each channel.
MadeTensor sent(const Shape& shape, const StreamOrder& order) {
  MadeTensor made{shape, {}};
  for (const int d : row_dimensions(shape)) made.rows.push_back(static_cast<std::size_t>(d));
  if (has_channels(shape) && shape.size() > 3 && order.is_row_major()) made.rows = {0, 1, 2};
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

}  // namespace

std::map<std::string, MadeTensor> made_tensors(const TensorGraph& graph, const std::vector<Kernel>& kernels,
                                               const StreamOrders& orders) {
  std::map<std::string, MadeTensor> made;
  for (const auto node : graph.inputs) {
    const auto& tensor = graph[node].outputs[0];
    made.emplace(tensor.name, sent(tensor.type.shape, order_of(orders, tensor.name)));
  }
  for (const auto& kernel : kernels) {
    for (const auto array : id_range<ArrayId>(kernel.arrays.size())) {
      if (kernel.array(array).role != ArrayRole::output) continue;
      if (auto tensor = made_by(kernel, array)) made.emplace(kernel.array(array).tensor, std::move(*tensor));
    }
  }
  return made;
}

}  // namespace sluice
