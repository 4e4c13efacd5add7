#include "binder/names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice {
namespace {

// Without regard to the locale.
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_legal(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

std::string identifier(const std::string& wish) {
  std::string name;
  for (const char c : wish) name += is_legal(c) ? c : '_';
  if (name.empty() || !is_letter(name.front())) name.insert(name.begin(), 'v');
  return name;
}

}  // namespace

std::string NameTable::unique(const std::string& wish) {
  const std::string base = identifier(wish);
  std::string name = base;
  int& number = next_.try_emplace(base, 2).first->second;
  while (!taken_.insert(name).second) name = fmt::format("{}_{}", base, number++);
  return name;
}

bool is_identifier(const std::string& name) {
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), is_legal);
}

}  // namespace sluice
