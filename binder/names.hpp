#pragma once

#include <map>
#include <set>
#include <string>

namespace sluice {

/// Gives out names that differ from one another, of letters, digits and underscores, with a letter first. Keywords are
/// left to who prints a language.
class NameTable {
 public:
  /// `wish`, or what can be made of it, with a number behind where it is taken: "acc", "acc_2", ...
  std::string unique(const std::string& wish);

 private:
  std::set<std::string> taken_;
  std::map<std::string, int> next_;  // number to try first
};

/// Whether `name` has that form.
bool is_identifier(const std::string& name);

}  // namespace sluice
