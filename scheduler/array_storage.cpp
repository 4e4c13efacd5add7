#include "scheduler/array_storage.hpp"

#include <algorithm>

#include "scheduler/logic_delay.hpp"
#include "scheduler/unit_timing.hpp"

namespace sluice {

bool is_word(const Array& array) {
  const bool is_own = array.role == ArrayRole::scratch || array.role == ArrayRole::weight;
  return is_own && element_count(array.shape) == 1;
}

ArrayStorage storage_of(const Kernel& kernel, ArrayId id, const Target& target) {
  const Array& array = kernel.array(id);
  if (is_word(array)) return ArrayStorage::word;
  if (array.role != ArrayRole::scratch || element_count(array.shape) > target.register_words())
    return ArrayStorage::memory;
  // An address that is data would be in one chain with what is read, and what computes it perhaps behind that.
  const bool is_looked_up = std::ranges::any_of(kernel.nests, [&](const Nest& nest) {
    return std::ranges::any_of(nest.body, [&](const Op& op) { return op.array == id && op.code == Opcode::lookup; });
  });
  return is_looked_up ? ArrayStorage::memory : ArrayStorage::registers;
}

bool is_fixed(const Kernel& kernel, const Nest& nest, const Op& load) {
  if (load.code != Opcode::load || !is_word(kernel.array(load.array))) return false;
  return std::ranges::none_of(nest.body,
                              [&](const Op& op) { return op.code == Opcode::store && op.array == load.array; });
}

PortTiming port_timing(const Kernel& kernel, ArrayId array, bool writes, const Target& target) {
  const ArrayStorage storage = storage_of(kernel, array, target);
  if (storage == ArrayStorage::word && !writes) return {.latency = 0, .limit = 0};
  const int choice_ps = port_multiplexer_ps(kernel, array, writes, target);
  if (storage == ArrayStorage::word) return {.in_ps = choice_ps};
  if (storage == ArrayStorage::registers && !writes) {
    const auto words = static_cast<int>(element_count(kernel.array(array).shape));
    return {.latency = 0, .in_ps = choice_ps + target.multiplexer_ps(words)};
  }
  if (writes) return {.in_ps = choice_ps + target.memory_setup_ps()};
  return {.in_ps = frame_offset_ps(kernel, array, target) + choice_ps + target.memory_setup_ps(),
          .out_ps = target.memory_read_ps()};
}

}  // namespace sluice
