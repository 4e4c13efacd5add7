#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "systemgen/report/network_facts.hpp"

namespace sluice {

/// The section "network" of report.json. `simulated`: each channel's most rows in use in a simulation, if there was
/// one.
nlohmann::ordered_json to_json(const NetworkFacts& network, const std::optional<std::vector<std::int64_t>>& simulated);

}  // namespace sluice
