#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// A part of every word of a memory.
struct MemoryField {
  int width = 1;                                            ///< bits, up to 64
  std::shared_ptr<const std::vector<std::uint64_t>> words;  ///< its value in each word
};

/// A file that a memory is initialised from.
struct MemoryFile {
  std::string name;                 ///< "conv1_weights.mem"
  std::vector<MemoryField> fields;  ///< side by side, the first in the lowest bits; all have as many words
};

/// One word a line, in hexadecimal, as $readmemh takes it.
std::string memory_text(const MemoryFile& file);

}  // namespace sluice
