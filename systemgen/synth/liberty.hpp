#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

/// What is needed of a library cell beside its timing, which ABC and OpenSTA read themselves.
struct LibertyCell {
  std::string name;
  double area = 0;
  bool dont_use = false;
  bool is_register = false;         ///< has a flip-flop or latch inside
  bool is_buffer = false;           ///< one input, one output that is the same
  double input_capacitance_ff = 0;  ///< largest of its inputs
};

/// A library of standard cells.
struct Liberty {
  std::string name;
  std::vector<LibertyCell> cells;

  [[nodiscard]] const LibertyCell* find(const std::string& cell) const;  ///< null if there is none
  /// A buffer of middling strength, which stands for whatever drives an input; null if the library has none.
  [[nodiscard]] const LibertyCell* typical_buffer() const;
};

/// Reads a Liberty file (IEEE 1481 has the grammar; groups, simple and complex attributes, comments). Errors: it can't
/// be read, is not Liberty, or has no cells.
Expected<Liberty> read_liberty(const std::filesystem::path& path);

/// The same from a text; `origin` names it in diagnostics.
Expected<Liberty> parse_liberty(const std::string& origin, std::string_view text);

}  // namespace sluice
