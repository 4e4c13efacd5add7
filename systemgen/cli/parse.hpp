#pragma once

#include <optional>

#include "systemgen/cli/subcommand.hpp"

namespace CLI {
class App;
}

namespace sluice {

/// Parses a command line. None: go on; else what to print and how to end: the help, the version, or wrong usage.
std::optional<Answer> parse(CLI::App& app, int argc, const char* const* argv);

}  // namespace sluice
