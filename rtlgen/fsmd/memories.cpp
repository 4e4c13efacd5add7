#include "rtlgen/fsmd/memories.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "rtlgen/fsmd/common_name.hpp"

namespace sluice {
namespace {

/// When and where a port is used; not with what data.
using PortUse = std::tuple<State, Source, std::optional<Source>>;

std::vector<PortUse> uses(const std::vector<MemoryAccess>& accesses) {
  std::vector<PortUse> result;
  for (const auto& access : accesses) result.emplace_back(access.state, access.address, access.predicate);
  std::sort(result.begin(), result.end());
  return result;
}

using Key = std::tuple<ArrayRole, ArrayStorage, std::int64_t, std::vector<PortUse>, std::vector<PortUse>>;

/// After what the arrays' names have in common, as long as nothing else is called so, else after the first array.
void name_memories(const Kernel& kernel, std::vector<Memory>& memories) {
  std::set<std::string> taken;
  for (const auto& array : kernel.arrays) taken.insert(array.name);
  for (auto& memory : memories) {
    std::vector<ArrayId> arrays;
    for (const auto& field : memory.fields) arrays.emplace_back(field.array);
    const std::string common = common_name(kernel, arrays);
    memory.name = taken.insert(common).second ? common : kernel.array(arrays.front()).name;
  }
}

}  // namespace

bool in_memory(const Array& array) {
  return (array.role == ArrayRole::scratch || array.role == ArrayRole::weight) && !is_word(array);
}

std::vector<Memory> memories_of(const Kernel& kernel, const Fsmd& fsmd) {
  std::vector<Memory> memories;
  std::map<Key, std::size_t> known;
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const auto& array = kernel.arrays[i];
    const auto& ports = fsmd.arrays[i];
    if (!in_memory(array) || ports.reads.empty()) continue;
    const std::int64_t depth = element_count(array.shape);
    const auto [found, is_new] =
        known.try_emplace({array.role, ports.storage, depth, uses(ports.reads), uses(ports.writes)}, memories.size());
    if (is_new) memories.push_back({"", array.role, ports.storage == ArrayStorage::registers, depth, 0, {}});
    Memory& memory = memories[found->second];
    memory.fields.push_back({i, memory.width});
    memory.width += array.type.width();
  }
  name_memories(kernel, memories);
  return memories;
}

}  // namespace sluice
