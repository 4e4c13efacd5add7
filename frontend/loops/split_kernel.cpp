#include "frontend/loops/split_kernel.hpp"

#include <algorithm>
#include <map>

#include "frontend/loops/compare_runs.hpp"
#include "frontend/loops/legal_cuts.hpp"

namespace sluice {
namespace {

/// Of a kernel's name; converters join whole scopes to names, and what part it is should be read in a short one too.
constexpr std::size_t kMostOfName = 40;

std::int64_t multiplications(const Kernel& kernel, const Nest& nest) {
  return std::ranges::count(nest.body, Opcode::multiply, &Op::code) * iteration_count(nest) * token_count(kernel);
}

/// The nest that does the operator's products.
std::size_t main_nest(const Kernel& kernel) {
  const auto fewer = [&](const Nest& a, const Nest& b) {
    return multiplications(kernel, a) < multiplications(kernel, b);
  };
  return static_cast<std::size_t>(std::ranges::max_element(kernel.nests, fewer) - kernel.nests.begin());
}

bool is_in(const NestRange& range, std::size_t nest) { return nest >= range.first && nest < range.end; }

/// Of a scratch array, whether nests before the range make it and nests of the range load it.
bool comes_in(const Kernel& kernel, const NestRange& range, ArrayId array) {
  const NestSpan stores = storing_nests(kernel, array);
  const NestSpan loads = loading_nests(kernel, array);
  return !stores.is_empty() && stores.last < range.first && loads.last >= range.first;
}

bool goes_out(const Kernel& kernel, const NestRange& range, ArrayId array) {
  const NestSpan stores = storing_nests(kernel, array);
  return !stores.is_empty() && is_in(range, stores.last) && loading_nests(kernel, array).last >= range.end;
}

class PartBuilder {
 public:
  PartBuilder(const Kernel& kernel, const NestRange& range, const std::string& prefix)
      : kernel_(kernel), range_(range), prefix_(prefix), tokens_(kernel.token_loops.size()) {}

  Kernel build() {
    part_.name = kernel_.name.substr(0, kMostOfName);
    for (std::size_t n = range_.first; n < range_.end; ++n) part_.name += "_" + kernel_.nests[n].name;
    part_.operation = kernel_.operation;
    part_.onnx_nodes = kernel_.onnx_nodes;
    part_.macs = is_in(range_, main_nest(kernel_)) ? kernel_.macs : 0;
    part_.token_loops = kernel_.token_loops;
    for (std::size_t n = range_.first; n < range_.end; ++n) {
      Nest nest = kernel_.nests[n];
      std::vector<Op> stores;  // to tensors, of what is stored in scratch as well
      for (auto& op : nest.body) {
        if (op.array.valid()) change_access(op, n, stores);
      }
      nest.body.insert(nest.body.end(), stores.begin(), stores.end());
      part_.nests.push_back(std::move(nest));
    }
    return std::move(part_);
  }

 private:
  void change_access(Op& op, std::size_t nest, std::vector<Op>& stores) {
    const ArrayId old = op.array;
    if (kernel_.array(old).role != ArrayRole::scratch) {
      op.array = copy(old);
      return;
    }
    if (comes_in(kernel_, range_, old)) {
      hand_on(op, tensor(old, ArrayRole::input));
      return;
    }
    const bool is_result =
        op.code == Opcode::store && goes_out(kernel_, range_, old) && storing_nests(kernel_, old).last == nest;
    if (is_result && !is_kept(old)) {
      hand_on(op, tensor(old, ArrayRole::output));
      return;
    }
    if (is_result) {
      stores.push_back(op);
      hand_on(stores.back(), tensor(old, ArrayRole::output));
    }
    op.array = copy(old);
  }

  /// Whether the part needs what goes out itself, or makes it in several steps.
  [[nodiscard]] bool is_kept(ArrayId array) const {
    const NestSpan stores = storing_nests(kernel_, array);
    return stores.first < stores.last || loading_nests(kernel_, array).first < range_.end;
  }

  ArrayId copy(ArrayId old) {
    const auto [place, is_new] = copies_.try_emplace(old, part_.arrays.size());
    if (is_new) part_.arrays.push_back(kernel_.array(old));
    return place->second;
  }

  ArrayId tensor(ArrayId old, ArrayRole role) {
    const auto [place, is_new] = tensors_.try_emplace(old, part_.arrays.size());
    if (!is_new) return place->second;
    Array array = kernel_.array(old);
    array.tensor = prefix_ + "." + array.name;
    array.role = role;
    if (role == ArrayRole::output && is_kept(old)) array.name = unused_name(array.name + "_out");
    Shape shape;
    for (const auto& loop : kernel_.token_loops) shape.push_back(loop.trip);
    array.shape.insert(array.shape.begin(), shape.begin(), shape.end());
    part_.arrays.push_back(std::move(array));
    return place->second;
  }

  [[nodiscard]] std::string unused_name(std::string name) const {
    while (std::ranges::find(kernel_.arrays, name, &Array::name) != kernel_.arrays.end()) name += "_";
    return name;
  }

  void hand_on(Op& access, ArrayId array) const {
    access.array = array;
    for (std::size_t i = tokens_; i-- > 0;) access.index.insert(access.index.begin(), AffineExpr::iterator(i));
  }

  const Kernel& kernel_;
  NestRange range_;
  const std::string& prefix_;
  std::size_t tokens_;
  Kernel part_;
  std::map<ArrayId, ArrayId> copies_;   // by array of the whole kernel
  std::map<ArrayId, ArrayId> tensors_;  // the same, of scratch arrays that cross a cut
};

}  // namespace

std::vector<NestRange> ranges_between(const Kernel& kernel, const std::vector<std::size_t>& cuts) {
  std::vector<NestRange> ranges;
  std::size_t first = 0;
  for (const auto cut : cuts) {
    ranges.push_back({first, cut});
    first = cut;
  }
  ranges.push_back({first, kernel.nests.size()});
  return ranges;
}

std::vector<NestRange> all_ranges(const Kernel& kernel, const std::vector<std::size_t>& cuts) {
  std::vector<std::size_t> ends{0};
  ends.insert(ends.end(), cuts.begin(), cuts.end());
  ends.push_back(kernel.nests.size());
  std::vector<NestRange> ranges;
  for (std::size_t first = 0; first < ends.size(); ++first) {
    for (std::size_t end = first + 1; end < ends.size(); ++end) ranges.push_back({ends[first], ends[end]});
  }
  return ranges;
}

Kernel kernel_part(const Kernel& kernel, const NestRange& range, const std::string& prefix) {
  if (range == NestRange{0, kernel.nests.size()}) return kernel;
  return PartBuilder(kernel, range, prefix).build();
}

std::vector<Kernel> split_kernel(const Kernel& kernel, const std::vector<std::size_t>& cuts,
                                 const std::string& prefix) {
  std::vector<Kernel> parts;
  for (const auto& range : ranges_between(kernel, cuts)) parts.push_back(kernel_part(kernel, range, prefix));
  return parts;
}

Diagnostics check_parts(const Kernel& kernel, const std::vector<Kernel>& parts, const LoopPassOptions& options) {
  const PassStats stats{.name = "split-kernels", .changes = parts.size()};
  Diagnostics errors;
  for (const auto& part : parts) {
    if (options.after) options.after(stats, part);
    append(errors, verify(part));
  }
  if (errors.empty() && options.check) errors = compare_runs(kernel, parts);
  for (auto& error : errors) error.where = "after pass split-kernels: " + error.where;
  return errors;
}

std::int64_t handed_on_bits(const Kernel& kernel, const NestRange& range) {
  std::int64_t bits = 0;
  for (const auto id : id_range<ArrayId>(kernel.arrays.size())) {
    const Array& array = kernel.array(id);
    if (array.role == ArrayRole::scratch && goes_out(kernel, range, id))
      bits += element_count(array.shape) * array.type.width();
  }
  return bits;
}

}  // namespace sluice
