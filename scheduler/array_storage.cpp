#include "scheduler/array_storage.hpp"

#include <algorithm>

#include "core/kernel/address_tree.hpp"
#include "scheduler/logic_delay.hpp"

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

PortTimings::PortTimings(const Kernel& kernel, const Target& target)
    : kernel_(&kernel), target_(&target), accesses_(kernel.arrays.size()) {
  for (const auto& nest : kernel.nests) {
    for (const auto& op : nest.body) {
      if (!op.array.valid()) continue;
      auto& accesses = accesses_[op.array.index()];
      ++(op.code == Opcode::store ? accesses.writes : accesses.reads);
      accesses.by_data = accesses.by_data || (op.code == Opcode::lookup && !address_tree(kernel, nest, op));
    }
  }
}

PortTiming PortTimings::read(ArrayId id) const {
  const Array& array = kernel_->array(id);
  const ArrayStorage storage = storage_of(*kernel_, id, *target_);
  if (storage == ArrayStorage::word) return {.latency = 0, .limit = 0};
  const auto& [reads, writes, by_data] = accesses_[id.index()];
  const int choice_ps = target_->multiplexer_ps(reads);
  if (storage == ArrayStorage::registers) {
    const auto words = static_cast<int>(element_count(array.shape));
    return {.latency = 0, .in_ps = choice_ps + target_->multiplexer_ps(words)};
  }
  const int offset_ps = by_data && array.role == ArrayRole::input ? frame_offset_ps(array, *target_) : 0;
  return {.in_ps = offset_ps + choice_ps + target_->memory_setup_ps(), .out_ps = target_->memory_read_ps()};
}

PortTiming PortTimings::write(ArrayId id) const {
  const int choice_ps = target_->multiplexer_ps(accesses_[id.index()].writes);
  const bool is_register = storage_of(*kernel_, id, *target_) == ArrayStorage::word;
  return {.in_ps = choice_ps + (is_register ? 0 : target_->memory_setup_ps())};
}

}  // namespace sluice
