#include "systemgen/verify/actual_outputs.hpp"

#include <fmt/format.h>

#include <fstream>
#include <string_view>

namespace sluice {
namespace {

/// A hexadecimal word; digits that are not known (x, z) count as 0.
std::uint64_t parse_word(std::string_view word, bool& defined) {
  std::uint64_t bits = 0;
  for (const char c : word) {
    const bool decimal = c >= '0' && c <= '9';
    const bool letter = c >= 'a' && c <= 'f';
    defined &= decimal || letter;
    bits = bits << 4 | static_cast<std::uint64_t>(decimal ? c - '0' : letter ? c - 'a' + 10 : 0);
  }
  return bits;
}

}  // namespace

Expected<ActualOutput> read_actual(const std::filesystem::path& path, const StreamPort& port, std::size_t frames) {
  std::ifstream file(path);
  ActualOutput result;
  const auto digits = static_cast<std::size_t>(port.element_bits / 4);
  std::string beat;
  for (std::size_t frame = 0; frame < frames; ++frame) {
    Tensor tensor(port.type);
    for (std::int64_t i = 0; i < tensor.size(); i += port.elements_per_beat) {
      if (!(file >> beat) || beat.size() != digits * static_cast<std::size_t>(port.elements_per_beat)) {
        return Diagnostic{path.string(),
                          fmt::format("ends in frame {}, after {} of {} elements", frame, i, tensor.size()),
                          "this is a bug in Sluice; please report the model"};
      }
      for (int lane = 0; lane < port.elements_per_beat; ++lane) {
        bool defined = true;
        const auto first = beat.size() - digits * static_cast<std::size_t>(lane + 1);
        tensor.set_bits(port.order.element(i + lane),
                        parse_word(std::string_view(beat).substr(first, digits), defined));
        result.undefined += !defined;
      }
    }
    result.frames.push_back(std::move(tensor));
  }
  return result;
}

}  // namespace sluice
