#pragma once

#include <string>
#include <variant>

#include "systemgen/cli/subcommand.hpp"
#include "systemgen/flow.hpp"

namespace sluice {

/// A command line, understood.
struct Arguments {
  FlowOptions flow;
  Diagnostics refused;  ///< requests that are right, but cannot be built yet
  bool quiet = false;   ///< errors only
  bool time_passes = false;
};

/// Instead of arguments, an answer: help, version, wrong usage.
std::variant<Arguments, Answer> parse_arguments(int argc, const char* const* argv);

}  // namespace sluice
