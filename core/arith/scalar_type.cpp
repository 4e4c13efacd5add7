#include "core/arith/scalar_type.hpp"

#include <fmt/format.h>

#include <charconv>

namespace sluice {

namespace {

/// The decimal number that is the whole of `text`.
std::optional<int> parse_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "f<e,m>".
std::optional<ScalarType> parse_float(std::string_view text) {
  const auto comma = text.find(',');
  if (!text.starts_with("f<") || !text.ends_with(">") || comma == std::string_view::npos) return std::nullopt;
  const auto exponent = parse_number(text.substr(2, comma - 2));
  const auto mantissa = parse_number(text.substr(comma + 1, text.size() - comma - 2));
  if (!exponent || !mantissa || *exponent < 2 || *exponent > 11 || *mantissa < 1 || *mantissa > 52) return std::nullopt;
  return ScalarType::floating({*exponent, *mantissa});
}

}  // namespace

std::string to_string(ScalarType type) {
  if (type.is_integer()) return fmt::format("{}{}", type.is_signed() ? 'i' : 'u', type.width());
  const FloatFormat format = type.format();
  if (format == kBfloat16) return "bf16";
  if (format == kFloat16 || format == kFloat32 || format == kFloat64) return fmt::format("f{}", format.width());
  return fmt::format("f<{},{}>", format.exponent_bits, format.mantissa_bits);
}

std::optional<ScalarType> parse_scalar_type(std::string_view text) {
  for (const FloatFormat format : {kFloat16, kBfloat16, kFloat32, kFloat64}) {
    if (text == to_string(ScalarType::floating(format))) return ScalarType::floating(format);
  }
  if (text.starts_with("f")) return parse_float(text);
  if (!text.starts_with("i") && !text.starts_with("u")) return std::nullopt;
  const auto width = parse_number(text.substr(1));
  if (!width || *width < 1 || *width > 64) return std::nullopt;
  return text.starts_with("i") ? ScalarType::signed_integer(*width) : ScalarType::unsigned_integer(*width);
}

}  // namespace sluice
