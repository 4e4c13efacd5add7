#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/tensor/tensor.hpp"

namespace CLI {
class App;
}

namespace sluice {

/// "NAME=D0,D1,..": the name, which may have '=' in it, and the extents, all at least 1; an empty list is a scalar.
std::optional<std::pair<std::string, Shape>> parse_shape(const std::string& text);

/// --shape; what it puts into `shapes` can be parsed.
void add_shape_option(CLI::App& app, std::vector<std::string>& shapes);

}  // namespace sluice
