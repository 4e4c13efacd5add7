#pragma once

#include <optional>
#include <string>

/// Numbers of the command line, for CLI11's checks: the answer is empty, or one sentence.
namespace sluice {

/// A finite number; none if the text is anything else.
std::optional<double> parse_number(const std::string& text);

std::string check_positive(const std::string& text);
std::string check_not_negative(const std::string& text);

}  // namespace sluice
