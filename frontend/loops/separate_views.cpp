#include "frontend/loops/separate_views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "frontend/loops/bank_access.hpp"

namespace sluice {
namespace {

constexpr std::size_t kMostViews = 4;

/// Whether both can have one port in any iteration.
bool share(const Kernel& kernel, const Nest& nest, const Op& a, const Op& b) {
  if (a.index == b.index) return true;
  auto conditions = access_conditions(nest, a);
  const auto others = access_conditions(nest, b);
  if (!conditions || !others) return false;
  conditions->insert(conditions->end(), others->begin(), others->end());
  return never_together(trip_counts(kernel, nest), *conditions);
}

/// Loads of an array in groups that need a port each; in the order of the first of each.
std::vector<std::vector<OpId>> groups_of(const Kernel& kernel, const Nest& nest, ArrayId array) {
  std::vector<std::vector<OpId>> groups;
  for (const auto id : id_range<OpId>(nest.body.size())) {
    const Op& op = nest.op(id);
    if (op.array != array || op.code != Opcode::load) continue;
    const auto group = std::ranges::find_if(groups, [&](const std::vector<OpId>& ids) {
      return std::ranges::all_of(ids, [&](OpId other) { return share(kernel, nest, op, nest.op(other)); });
    });
    if (group == groups.end()) {
      groups.push_back({id});
    } else {
      group->push_back(id);
    }
  }
  return groups;
}

}  // namespace

std::size_t separate_views(Kernel& kernel) {
  const std::size_t arrays = kernel.arrays.size();
  for (const auto array : id_range<ArrayId>(arrays)) {
    if (kernel.array(array).role != ArrayRole::input) continue;
    std::vector<ArrayId> views{array};
    for (auto& nest : kernel.nests) {
      const auto groups = groups_of(kernel, nest, array);
      for (std::size_t group = 1; group < groups.size(); ++group) {
        const std::size_t view = group % kMostViews;
        if (view == views.size()) {
          Array another = kernel.array(array);
          another.name = fmt::format("{}_view{}", another.name, view);
          views.emplace_back(kernel.arrays.size());
          kernel.arrays.push_back(std::move(another));
        }
        for (const auto id : groups[group]) nest.body[id.index()].array = views[view];
      }
    }
  }
  return kernel.arrays.size() - arrays;
}

}  // namespace sluice
