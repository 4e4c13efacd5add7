#pragma once

#include <cstdint>
#include <string>

namespace sluice {

/// 1234567 as "1,234,567".
std::string grouped(std::int64_t value);

/// A name that keeps a table's columns: one longer than `longest` characters loses its middle.
std::string shortened(const std::string& text, std::size_t longest);

}  // namespace sluice
