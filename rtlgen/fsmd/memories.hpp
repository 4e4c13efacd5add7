#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "rtlgen/fsmd/fsmd.hpp"

namespace sluice {

/// A memory inside an actor. Arrays of one depth that are always read at the same time from the same address, and
/// written likewise, lie side by side in its words: those of the lanes of an unrolled loop.
struct Memory {
  std::string name;                    ///< unique in the kernel, also among the arrays' except its own
  ArrayRole role = ArrayRole::weight;  ///< or scratch
  bool in_registers = false;           ///< read without waiting for a clock edge
  std::int64_t depth = 1;              ///< words
  int width = 0;                       ///< bits of a word
  struct Field {
    std::size_t array = 0;
    int low = 0;  ///< its lowest bit in a word
  };
  std::vector<Field> fields;  ///< the first in the lowest bits
};

/// Whether an actor has a memory for the array, if it reads it: it is the actor's own, and no word.
bool in_memory(const Array& array);

/// The memories of a kernel's weight and scratch arrays that are read and more than words, in the order of their first
/// arrays.
std::vector<Memory> memories_of(const Kernel& kernel, const Fsmd& fsmd);

}  // namespace sluice
