#pragma once

#include "systemgen/cli/subcommand.hpp"

namespace sluice {

/// `sluice explore MODEL`: the front of a model's designs as a table, JSON and a plot. Exit codes: 0 done, 1 it can't
/// be done, 2 wrong usage.
Answer run_explore(int argc, const char* const* argv);

}  // namespace sluice
