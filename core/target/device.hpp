#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

/// A part that one can buy: what it has, and what a design takes of it. The "device" section of a target file.
struct Device {
  /// A way to use a block of memory.
  struct Shape {
    std::int64_t words = 0;
    std::int64_t bits = 0;
  };

  std::string part;
  std::int64_t multipliers = 0;  ///< hard ones, what `UnitFigures::dsp` counts
  std::int64_t luts = 0;         ///< what the target's area unit counts
  std::int64_t registers = 0;    ///< bits
  std::int64_t block_rams = 0;   ///< with one write and one read port
  std::vector<Shape> block_ram_shapes;
  double luts_per_multiplexer_bit = 0;  ///< of a two-to-one multiplexer
  double memory_bits_per_lut = 1;       ///< of memories that are too small for a block
};

/// The device of a target, by the target's name or path; none if the target is a technology without a limit. Errors:
/// those of `Target::load`, or everything that is wrong with the section.
Expected<std::optional<Device>> load_device(const std::string& name_or_path);

/// What a target's JSON `text` says of a device; `origin` names the file in diagnostics.
Expected<std::optional<Device>> read_device(const std::string& origin, std::string_view text);

}  // namespace sluice
