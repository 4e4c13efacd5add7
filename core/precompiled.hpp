#pragma once

// Headers that are slow to parse and rarely change.
#include <fmt/format.h>

#include <boost/graph/adjacency_list.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>
