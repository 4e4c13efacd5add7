#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "systemgen/synth/written_design.hpp"

namespace sluice {

/// A memory of the library at one size.
struct MemoryShape {
  bool writable = false;  ///< sluice_ram, else sluice_rom
  int width = 0;          ///< bits of a word
  int depth = 0;          ///< words

  [[nodiscard]] std::int64_t bits() const { return std::int64_t{width} * depth; }
  auto operator<=>(const MemoryShape&) const = default;
};

/// "ram 1024 x 32".
std::string to_string(const MemoryShape& shape);

/// What is instantiated below a top module, before anything is synthesized.
struct Survey {
  std::map<MemoryShape, int> memories;          ///< how often
  std::map<std::string, int> instances;         ///< of the generated modules
  std::map<std::string, int> large_units;       ///< in each generated module: units of more than a few hundred cells
  std::set<std::string> top_memories;           ///< names of the instances of memories in the top module
  std::map<std::string, std::string> clock_of;  ///< name of each generated module's clock port

  [[nodiscard]] std::int64_t memory_bits() const;
};

/// Looks at `top` with Yosys in the folder `place`, where the design's files are (see `link_files`). An error if the
/// design has no such module.
Expected<Survey> survey(const WrittenDesign& design, const std::string& top, const std::filesystem::path& place,
                        std::chrono::seconds timeout);

}  // namespace sluice
