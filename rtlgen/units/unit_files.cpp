#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>

#include "rtlgen/units/units.hpp"

namespace sluice {

namespace {

const EmbeddedFile* find_file(std::string_view module) {
  const auto files = unit_verilog();
  const auto found = std::find_if(files.begin(), files.end(), [&](const EmbeddedFile& file) {
    return file.name.starts_with(module) && file.name.substr(module.size()) == ".v";
  });
  return found == files.end() ? nullptr : &*found;
}

/// The modules of ours that the text names.
std::vector<std::string> mentioned_modules(std::string_view text) {
  constexpr std::string_view kPrefix = "sluice_";
  std::vector<std::string> modules;
  for (auto begin = text.find(kPrefix); begin != std::string_view::npos; begin = text.find(kPrefix, begin + 1)) {
    const auto end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(),
                                  [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; });
    modules.emplace_back(text.begin() + static_cast<std::ptrdiff_t>(begin), end);
  }
  return modules;
}

void collect(std::string_view module, std::set<std::string_view>& names) {
  const EmbeddedFile* file = find_file(module);
  if (file == nullptr) throw std::out_of_range(fmt::format("no unit module {}", module));
  if (!names.insert(file->name).second) return;
  for (const auto& used : mentioned_modules(file->text)) collect(used, names);
}

}  // namespace

std::string_view unit_verilog(std::string_view module) {
  const EmbeddedFile* file = find_file(module);
  if (file == nullptr) throw std::out_of_range(fmt::format("no unit module {}", module));
  return file->text;
}

std::vector<EmbeddedFile> unit_files(std::span<const std::string> modules) {
  std::set<std::string_view> names;
  for (const auto& module : modules) collect(module, names);
  std::vector<EmbeddedFile> files;
  for (const auto& file : unit_verilog()) {
    if (names.contains(file.name)) files.push_back(file);
  }
  return files;
}

}  // namespace sluice
