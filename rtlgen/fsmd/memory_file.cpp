#include "rtlgen/fsmd/memory_file.hpp"

#include <fmt/format.h>

#include "core/arith/scalar_type.hpp"

namespace sluice {
namespace {

constexpr int kLimb = 64;

/// The fields of one word, packed.
std::vector<std::uint64_t> packed(const MemoryFile& file, std::size_t word, int width) {
  std::vector<std::uint64_t> limbs(static_cast<std::size_t>((width + kLimb - 1) / kLimb), 0);
  int low = 0;
  for (const auto& field : file.fields) {
    const std::uint64_t value = field.words->at(word) & low_bits(field.width);
    const auto limb = static_cast<std::size_t>(low / kLimb);
    const int shift = low % kLimb;
    limbs[limb] |= value << shift;
    if (shift + field.width > kLimb) limbs[limb + 1] |= value >> (kLimb - shift);
    low += field.width;
  }
  return limbs;
}

}  // namespace

std::string memory_text(const MemoryFile& file) {
  int width = 0;
  for (const auto& field : file.fields) width += field.width;
  const int digits = (width + 3) / 4;
  const int first_digits = (digits - 1) % (kLimb / 4) + 1;
  std::string text;
  for (std::size_t word = 0; word < file.fields.front().words->size(); ++word) {
    const auto limbs = packed(file, word, width);
    fmt::format_to(std::back_inserter(text), "{:0{}x}", limbs.back(), first_digits);
    for (auto limb = limbs.rbegin() + 1; limb != limbs.rend(); ++limb)
      fmt::format_to(std::back_inserter(text), "{:016x}", *limb);
    text += '\n';
  }
  return text;
}

}  // namespace sluice
