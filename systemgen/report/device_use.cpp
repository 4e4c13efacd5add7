#include "systemgen/report/device_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/arith/floor_div.hpp"
#include "systemgen/report/text.hpp"

namespace sluice {
namespace {

/// Smaller and shallower memories are not written for blocks (rtlgen/units/sluice_ram.v, sluice_rom.v).
bool in_blocks(const MemoryFacts& memory) {
  constexpr std::int64_t kMostSmallBits = 1024;
  constexpr std::int64_t kMostShallowWords = 64;
  return memory.words > kMostShallowWords && memory.words * memory.memory_word_bits > kMostSmallBits;
}

}  // namespace

double ResourceUse::share() const {
  if (used == 0) return 0;
  if (available == 0) return std::numeric_limits<double>::infinity();
  return static_cast<double>(used) / static_cast<double>(available);
}

std::int64_t block_rams(const Device& device, std::int64_t words, std::int64_t word_bits) {
  std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
  for (const auto& shape : device.block_ram_shapes)
    fewest = std::min(fewest, ceil_div(words, shape.words) * ceil_div(word_bits, shape.bits));
  return fewest;
}

std::vector<ResourceUse> device_use(const Device& device, std::span<const BindingStats> bindings,
                                    const std::vector<MemoryFacts>& memories) {
  std::int64_t multipliers = 0;
  std::int64_t registers = 0;
  std::int64_t blocks = 0;
  double luts = 0;
  for (const auto& binding : bindings) {
    const auto units = binding.all_units();
    multipliers += units.dsp;
    registers += binding.register_bits;
    const std::int64_t bits = binding.at_units.bits + binding.at_registers.bits + binding.at_memories.bits;
    luts += units.area + device.luts_per_multiplexer_bit * static_cast<double>(bits);
  }
  for (const auto& memory : memories) {
    const std::int64_t bits = memory.words * memory.word_bits;
    const std::int64_t count = memory.banks * memory.copies;
    if (memory.memories == 0) {
      registers += count * bits;
    } else if (in_blocks(memory)) {
      blocks += count * block_rams(device, memory.words, memory.word_bits);
    } else {
      luts += static_cast<double>(count) * std::ceil(static_cast<double>(bits) / device.memory_bits_per_lut);
    }
  }
  return {{"multipliers", multipliers, device.multipliers},
          {"LUTs", std::llround(std::ceil(luts)), device.luts},
          {"registers", registers, device.registers},
          {"block RAMs", blocks, device.block_rams}};
}

bool fits(const std::vector<ResourceUse>& use) {
  return std::ranges::all_of(use, [](const ResourceUse& each) { return each.used <= each.available; });
}

std::string to_string(const std::vector<ResourceUse>& use) {
  std::string text;
  for (const auto& each : use) {
    text += fmt::format("{}{} {} of {}", text.empty() ? "" : ", ", each.resource, grouped(each.used),
                        grouped(each.available));
    if (std::isfinite(each.share())) text += fmt::format(" ({:.0f}%)", 100 * each.share());
  }
  return text;
}

Diagnostic does_not_fit(const std::string& target, const std::vector<ResourceUse>& use) {
  return {fmt::format("--target {}", target), fmt::format("the design does not fit: {}", to_string(use)),
          "choose a larger part, or its family for a design without a limit"};
}

}  // namespace sluice
