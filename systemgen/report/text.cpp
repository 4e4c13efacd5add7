#include "systemgen/report/text.hpp"

#include <fmt/format.h>

namespace sluice {

std::string grouped(std::int64_t value) {
  std::string digits = fmt::format("{}", value);
  for (int at = static_cast<int>(digits.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string shortened(const std::string& text, std::size_t longest) {
  if (text.size() <= longest) return text;
  const std::size_t half = (longest - 2) / 2;
  return text.substr(0, half) + ".." + text.substr(text.size() - half);
}

}  // namespace sluice
