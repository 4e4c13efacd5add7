#include "systemgen/synth/cell_counts.hpp"

#include <nlohmann/json.hpp>

namespace sluice {
namespace {

using Json = nlohmann::json;

/// Module names come with a backslash, the types of instances without; names that Yosys made have neither.
std::string plain(const std::string& name) { return name.starts_with('\\') ? name.substr(1) : name; }

/// Expands the hierarchy, each module once.
class Expansion {
 public:
  explicit Expansion(const Json& modules) {
    for (const auto& [name, module] : modules.items()) own_[plain(name)] = module.at("num_cells_by_type");
  }

  std::map<std::string, CellCounts> run() {
    for (const auto& [name, cells] : own_) total(name);
    return std::move(totals_);
  }

 private:
  const CellCounts& total(const std::string& name) {
    if (const auto found = totals_.find(name); found != totals_.end()) return found->second;
    CellCounts sum;
    for (const auto& [type, count] : own_.at(name).items()) {
      if (!own_.contains(plain(type))) {
        sum[type] += count.get<std::int64_t>();
        continue;
      }
      for (const auto& [below, times] : total(plain(type))) sum[below] += times * count.get<std::int64_t>();
    }
    return totals_[name] = std::move(sum);
  }

  std::map<std::string, Json> own_;
  std::map<std::string, CellCounts> totals_;
};

}  // namespace

Expected<std::map<std::string, CellCounts>> read_cell_counts(std::string_view stat_json) {
  try {
    return Expansion(Json::parse(stat_json).at("modules")).run();
  } catch (const Json::exception& error) {
    return Diagnostic{"Yosys's statistics", error.what(), "Sluice knows those of Yosys 0.23"};
  }
}

}  // namespace sluice
