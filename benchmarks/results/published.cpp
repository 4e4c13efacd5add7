#include "benchmarks/results/published.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <stdexcept>

#include "core/diag/embedded.hpp"

namespace sluice {
std::span<const EmbeddedFile> benchmark_data();
}

namespace sluice::bench {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kDspsOfMultiplier = 3;  // of float32, on the devices of the published designs

template <typename T>
std::optional<T> maybe(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? std::nullopt : std::optional(found->get<T>());
}

PublishedFigure figure_of(const Json& json) {
  return {json.at("source"),
          json.at("subject"),
          json.at("variant"),
          json.value("default", false),
          json.at("macs"),
          json.at("cycles"),
          maybe<std::int64_t>(json, "multipliers"),
          maybe<std::int64_t>(json, "adders"),
          maybe<std::int64_t>(json, "luts"),
          maybe<std::int64_t>(json, "dsps"),
          maybe<double>(json, "area_um2")};
}

Published parse(std::string_view text) {
  const Json json = Json::parse(text);
  Published all;
  for (const auto& source : json.at("sources")) {
    all.sources.push_back({source.at("key"), source.at("tool"), source.at("text")});
  }
  for (const auto& figure : json.at("figures")) all.figures.push_back(figure_of(figure));
  for (const auto& network : json.at("networks")) {
    all.networks.push_back({network.at("source"), network.at("network"), network.at("element"),
                            maybe<std::int64_t>(network, "macs"), network.at("multipliers"), network.at("cycles")});
  }
  return all;
}

}  // namespace

std::int64_t PublishedFigure::budget() const {
  return multipliers ? *multipliers : dsps.value_or(0) / kDspsOfMultiplier;
}

const Published& published() {
  static const Published all = [] {
    for (const auto& file : benchmark_data()) {
      if (file.name == "published.json") return parse(file.text);
    }
    throw std::logic_error("published.json is not in the binary");
  }();
  return all;
}

std::vector<std::int64_t> budgets_of(const std::string& subject) {
  std::set<std::int64_t> budgets;
  for (const auto& figure : published().figures) {
    if (figure.subject == subject && !figure.by_default && figure.budget() > 0) budgets.insert(figure.budget());
  }
  return {budgets.begin(), budgets.end()};
}

}  // namespace sluice::bench
