#pragma once

#include <string>
#include <vector>

namespace sluice {

/// One thing that is wrong, said for the person who can mend it.
struct Diagnostic {
  std::string where;  ///< the node, file, array, ... that it is about; names from the user's model where there are any
  std::string what;   ///< what is wrong, with the numbers of the violated rule
  std::string hint;   ///< what to do about it; may be empty

  bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// "where: what (hint)".
std::string to_string(const Diagnostic& diagnostic);

/// One line for each diagnostic.
std::string to_string(const Diagnostics& diagnostics);

/// Appends all of `more` to `diagnostics`.
void append(Diagnostics& diagnostics, const Diagnostics& more);

}  // namespace sluice
