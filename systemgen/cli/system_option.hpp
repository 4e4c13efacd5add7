#pragma once

#include "systemgen/control/stages.hpp"

namespace CLI {
class App;
}

namespace sluice {

/// --system, which says when accelerators run; what it is by default stands in `order`.
void add_system_option(CLI::App& app, ActorOrder& order);

}  // namespace sluice
