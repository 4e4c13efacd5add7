#include "frontend/loops/absorb_transposes.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "core/kernel/array_name.hpp"

namespace sluice {
namespace {

/// Of each axis of one tensor, the axis of another that it is; none if its extent is 1.
using AxisMap = std::vector<std::optional<std::size_t>>;

struct TensorShape {
  std::string name;
  Shape shape;
};

/// A tensor, and one that can stand for it: the same with its axes in another order.
struct Reordering {
  TensorShape seen;
  TensorShape instead;
  AxisMap axes;  ///< of `instead`, in `seen`

  [[nodiscard]] Reordering reversed() const {
    Reordering back{instead, seen, AxisMap(seen.shape.size())};
    for (std::size_t d = 0; d < axes.size(); ++d) {
      if (axes[d]) back.axes[*axes[d]] = d;
    }
    return back;
  }
};

/// Whether an index is an iterator alone, or 0 along an extent of 1.
bool is_plain(const AffineExpr& index, std::int64_t extent) {
  const std::size_t count = index.iterator_count();
  return count == 0 ? extent == 1 && index == AffineExpr(0) : index == AffineExpr::iterator(count - 1);
}

/// Of a kernel that does nothing else than to put the axes of what it reads in another order: what it writes, and what
/// it reads.
std::optional<Reordering> reordering(const Kernel& kernel) {
  if (kernel.arrays.size() != 2 || kernel.nests.size() != 1 || kernel.nests[0].body.size() != 2) return std::nullopt;
  const Op& load = kernel.nests[0].body[0];
  const Op& store = kernel.nests[0].body[1];
  if (load.code != Opcode::load || store.code != Opcode::store || store.operands.size() != 1) return std::nullopt;
  const Array& from = kernel.array(load.array);
  const Array& to = kernel.array(store.array);
  if (from.role != ArrayRole::input || from.type != to.type || element_count(from.shape) != element_count(to.shape))
    return std::nullopt;
  Reordering found{{to.tensor, to.shape}, {from.tensor, from.shape}, {}};
  for (std::size_t d = 0; d < from.shape.size(); ++d) {
    if (!is_plain(load.index[d], from.shape[d])) return std::nullopt;
    found.axes.emplace_back();
    if (from.shape[d] == 1) continue;
    const auto place = std::ranges::find(store.index, load.index[d]);
    if (place == store.index.end()) return std::nullopt;
    found.axes.back() = place - store.index.begin();
  }
  return found;
}

/// Of each axis of a tensor, the one that it is under another shape with the same extents above 1 in the same order.
std::optional<AxisMap> matched_axes(const Shape& shape, const Shape& other) {
  AxisMap axes;
  std::size_t next = 0;
  const auto skip_units = [&] {
    while (next < other.size() && other[next] == 1) ++next;
  };
  for (const auto extent : shape) {
    axes.emplace_back();
    if (extent == 1) continue;
    skip_units();
    if (next == other.size() || other[next] != extent) return std::nullopt;
    axes.back() = next++;
  }
  skip_units();
  return next == other.size() ? std::optional(axes) : std::nullopt;
}

/// Whether all accesses of an array have an index for each axis, which is 0 where the extent is 1.
bool has_plain_accesses(const Kernel& kernel, ArrayId id) {
  const Shape& shape = kernel.array(id).shape;
  for (const auto& nest : kernel.nests) {
    for (const auto& op : nest.body) {
      if (op.array != id) continue;
      if (op.code != Opcode::load && op.code != Opcode::store) return false;
      for (std::size_t d = 0; d < shape.size(); ++d) {
        if (shape[d] == 1 && op.index[d] != AffineExpr(0)) return false;
      }
    }
  }
  return true;
}

/// The arrays of a kernel that are the tensor.
std::vector<ArrayId> arrays_of(const Kernel& kernel, const std::string& tensor, ArrayRole role) {
  std::vector<ArrayId> list;
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    if (kernel.arrays[i].role == role && kernel.arrays[i].tensor == tensor) list.emplace_back(i);
  }
  return list;
}

/// An array of a kernel that is the tensor seen, and its axes: of what can stand for it, in the array.
struct Use {
  Kernel* kernel;
  ArrayId array;
  AxisMap axes;
};

/// None if the kernel can't do with what stands for the tensor.
std::optional<Use> use_of(Kernel& kernel, ArrayRole role, const Reordering& order) {
  const auto arrays = arrays_of(kernel, order.seen.name, role);
  if (arrays.size() != 1 || !has_plain_accesses(kernel, arrays[0])) return std::nullopt;
  const auto matched = matched_axes(order.seen.shape, kernel.array(arrays[0]).shape);
  if (!matched) return std::nullopt;
  Use use{&kernel, arrays[0], order.axes};
  for (auto& axis : use.axes) {
    if (axis) axis = (*matched)[*axis];
  }
  return use;
}

void replace(const Use& use, const TensorShape& by, const std::vector<std::string>& onnx_nodes) {
  for (auto& nest : use.kernel->nests) {
    for (auto& op : nest.body) {
      if (op.array != use.array) continue;
      std::vector<AffineExpr> index;
      for (const auto& axis : use.axes) index.push_back(axis ? op.index[*axis] : AffineExpr(0));
      op.index = std::move(index);
    }
  }
  const std::string name = unique_array_name(*use.kernel, by.name);
  Array& array = use.kernel->arrays[use.array.index()];
  array.name = name;
  array.tensor = by.name;
  array.shape = by.shape;
  auto& names = use.kernel->onnx_nodes;
  std::ranges::copy_if(onnx_nodes, std::back_inserter(names),
                       [&](const auto& each) { return std::ranges::find(names, each) == names.end(); });
}

/// All kernels that read the tensor read what stands for it. One that reads that too would then read two of its
/// elements at a time.
bool absorb_in_readers(std::vector<Kernel>& kernels, const Reordering& order,
                       const std::vector<std::string>& onnx_nodes) {
  std::vector<Use> uses;
  for (auto& kernel : kernels) {
    if (arrays_of(kernel, order.seen.name, ArrayRole::input).empty()) continue;
    if (!arrays_of(kernel, order.instead.name, ArrayRole::input).empty()) return false;
    const auto use = use_of(kernel, ArrayRole::input, order);
    if (!use) return false;
    uses.push_back(*use);
  }
  for (const auto& use : uses) replace(use, order.instead, onnx_nodes);
  return true;
}

/// Whether a kernel could write a row of what stands for its tensor in one firing: lanes along it make it as fast as
/// its readers and streams want it.
bool writes_rows(const Use& use) {
  const auto& axes = use.axes;
  const auto last = std::ranges::find_if(axes.rbegin(), axes.rend(), [](const auto& axis) { return axis.has_value(); });
  if (last == axes.rend()) return true;
  const std::size_t tokens = use.kernel->token_loops.size();
  for (const auto& nest : use.kernel->nests) {
    for (const auto& op : nest.body) {
      if (op.array != use.array) continue;
      for (std::size_t i = 0; i < tokens; ++i) {
        if (op.index[**last].coefficient(i) != 0) return false;
      }
    }
  }
  return true;
}

/// The kernel that makes the tensor makes what stands for it, unless another kernel needs it as it is.
bool absorb_in_maker(std::vector<Kernel>& kernels, const Reordering& order,
                     const std::vector<std::string>& onnx_nodes) {
  const auto reads = [&](const Kernel& kernel) {
    return !arrays_of(kernel, order.seen.name, ArrayRole::input).empty();
  };
  if (std::ranges::count_if(kernels, reads) != 1) return false;
  for (auto& kernel : kernels) {
    const auto use = use_of(kernel, ArrayRole::output, order);
    if (!use) continue;
    if (!writes_rows(*use)) return false;
    replace(*use, order.instead, onnx_nodes);
    return true;
  }
  return false;
}

}  // namespace

std::size_t absorb_transposes(std::vector<Kernel>& kernels, const std::set<std::string>& outputs) {
  std::size_t absorbed = 0;
  for (std::size_t number = 0; number < kernels.size();) {
    const auto order = reordering(kernels[number]);
    const std::vector<std::string> nodes = kernels[number].onnx_nodes;
    if (order && ((!outputs.contains(order->seen.name) && absorb_in_readers(kernels, *order, nodes)) ||
                  (!outputs.contains(order->instead.name) && absorb_in_maker(kernels, order->reversed(), nodes)))) {
      kernels.erase(kernels.begin() + static_cast<std::ptrdiff_t>(number));
      ++absorbed;
    } else {
      ++number;
    }
  }
  return absorbed;
}

}  // namespace sluice
