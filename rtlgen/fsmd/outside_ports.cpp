#include "rtlgen/fsmd/outside_ports.hpp"

#include <algorithm>
#include <string>

#include "rtlgen/fsmd/actor_builder.hpp"
#include "rtlgen/fsmd/common_name.hpp"

namespace sluice {
namespace {

const std::vector<MemoryAccess>& accesses(const FsmdArray& array) {
  return array.writes.empty() ? array.reads : array.writes;
}

bool together(const FsmdArray& a, const FsmdArray& b) {
  return std::ranges::equal(accesses(a), accesses(b), [](const MemoryAccess& x, const MemoryAccess& y) {
    return x.state == y.state && x.address == y.address && x.frame == y.frame;
  });
}

/// How many arrays before this one are the same bank of the same tensor: a kernel may have several views of a tensor.
std::ptrdiff_t view_of(const Kernel& kernel, ArrayId id) {
  const auto& array = kernel.array(id);
  return std::count_if(kernel.arrays.begin(), kernel.arrays.begin() + static_cast<std::ptrdiff_t>(id.index()),
                       [&](const Array& other) {
                         return other.role == array.role && other.tensor == array.tensor && other.bank &&
                                other.bank->number == array.bank->number;
                       });
}

bool banks_of_one_view(const Kernel& kernel, ArrayId first, ArrayId second) {
  const auto& a = kernel.array(first);
  const auto& b = kernel.array(second);
  return a.bank && b.bank && a.tensor == b.tensor && a.bank->banking == b.bank->banking &&
         view_of(kernel, first) == view_of(kernel, second);
}

}  // namespace

std::vector<ActorPort> outside_ports(const Kernel& kernel, const Fsmd& fsmd, ArrayRole role, Module& module) {
  std::vector<ActorPort> ports;
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const auto& array = kernel.arrays[i];
    if (array.role != role || accesses(fsmd.arrays[i]).empty()) continue;
    const auto shared = std::ranges::find_if(ports, [&](const ActorPort& port) {
      const auto first = port.arrays.front();
      return together(fsmd.arrays[first.index()], fsmd.arrays[i]) && banks_of_one_view(kernel, first, ArrayId(i));
    });
    if (shared != ports.end()) {
      shared->arrays.emplace_back(i);
    } else {
      ports.push_back({{ArrayId(i)}, "", address_bits(array, fsmd.arrays[i]), array.type.width()});
    }
  }
  for (auto& port : ports) port.name = module.unique_name(common_name(kernel, port.arrays));
  return ports;
}

}  // namespace sluice
