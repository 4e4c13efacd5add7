#pragma once

#include <string>
#include <variant>

#include "systemgen/flow.hpp"

namespace sluice {

/// A command line, understood.
struct Arguments {
  FlowOptions flow;
  Diagnostics refused;  ///< requests that are right, but cannot be built yet
  bool quiet = false;   ///< errors only
  bool time_passes = false;
};

/// What to print instead, and the exit code: help, version, wrong usage.
struct Answer {
  int exit_code = 0;
  std::string output;  ///< for standard output
  std::string error;   ///< for standard error
};

std::variant<Arguments, Answer> parse_arguments(int argc, const char* const* argv);

}  // namespace sluice
