#include "core/diag/diagnostic.hpp"

#include <fmt/format.h>

namespace sluice {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = diagnostic.where.empty() ? diagnostic.what : fmt::format("{}: {}", diagnostic.where, diagnostic.what);
  if (!diagnostic.hint.empty()) text += fmt::format(" ({})", diagnostic.hint);
  return text;
}

std::string to_string(const Diagnostics& diagnostics) {
  std::string text;
  for (const auto& diagnostic : diagnostics) text += to_string(diagnostic) + "\n";
  return text;
}

void append(Diagnostics& diagnostics, const Diagnostics& more) {
  diagnostics.insert(diagnostics.end(), more.begin(), more.end());
}

}  // namespace sluice
