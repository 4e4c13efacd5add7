#pragma once

#include "systemgen/cli/subcommand.hpp"

namespace sluice {

/// `sluice characterize`: makes a target file from a library of cells. Exit codes: 0 done, 1 it can't be done, 2 wrong
/// usage.
Answer run_characterize(int argc, const char* const* argv);

}  // namespace sluice
