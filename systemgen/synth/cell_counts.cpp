#include "systemgen/synth/cell_counts.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

namespace sluice {
namespace {

using Json = nlohmann::json;

/// Module names come with a backslash, the types of instances without; names that Yosys made have neither.
std::string plain(const std::string& name) { return name.starts_with('\\') ? name.substr(1) : name; }

/// Without lines that are no JSON: Yosys 0.23 writes the instances of modules below the top's in between.
std::string json_lines(std::string_view text) {
  std::istringstream lines{std::string(text)};
  std::string json;
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find_first_not_of(' ');
    if (first != std::string::npos && std::string_view("\"{}").find(line[first]) != std::string_view::npos)
      json += line + '\n';
  }
  return json;
}

/// Expands the hierarchy, each module once.
class Expansion {
 public:
  explicit Expansion(const Json& modules) {
    for (const auto& [name, module] : modules.items()) {
      auto& own = counts_[plain(name)].own;
      for (const auto& [type, count] : module.at("num_cells_by_type").items())
        own[plain(type)] += count.get<std::int64_t>();
    }
  }

  std::map<std::string, ModuleCounts> run() {
    for (auto& [name, module] : counts_) expand(module);
    return std::move(counts_);
  }

 private:
  const CellCounts& expand(ModuleCounts& module) {
    if (!module.total.empty()) return module.total;
    for (const auto& [type, times] : module.own) {
      const auto below = counts_.find(type);
      if (below == counts_.end()) {
        module.total[type] += times;
        continue;
      }
      for (const auto& [cell, each] : expand(below->second)) module.total[cell] += times * each;
    }
    return module.total;
  }

  std::map<std::string, ModuleCounts> counts_;
};

}  // namespace

Expected<std::map<std::string, ModuleCounts>> read_cell_counts(std::string_view stat_json) {
  try {
    return Expansion(Json::parse(json_lines(stat_json)).at("modules")).run();
  } catch (const Json::exception& error) {
    return Diagnostic{"Yosys's statistics", error.what(), "Sluice knows those of Yosys 0.23"};
  }
}

}  // namespace sluice
