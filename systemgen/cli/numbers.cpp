#include "systemgen/cli/numbers.hpp"

#include <cmath>
#include <cstdlib>

namespace sluice {

std::optional<double> parse_number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string check_positive(const std::string& text) {
  const auto value = parse_number(text);
  return value && *value > 0 ? "" : "'" + text + "' is not a number above 0";
}

std::string check_not_negative(const std::string& text) {
  const auto value = parse_number(text);
  return value && *value >= 0 ? "" : "'" + text + "' is not a number of at least 0";
}

}  // namespace sluice
