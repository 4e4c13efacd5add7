#pragma once

namespace sluice {

/// The program: parses the command line, runs the flow, prints; returns the exit code.
int run_cli(int argc, const char* const* argv);

}  // namespace sluice
