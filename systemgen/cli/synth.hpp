#pragma once

#include "systemgen/cli/subcommand.hpp"

namespace sluice {

/// `sluice synth DIR`: synthesizes a written design, prints a table and adds to the folder's report. Exit codes: 0
/// done, 1 it can't be done, 2 wrong usage.
Answer run_synth(int argc, const char* const* argv);

}  // namespace sluice
