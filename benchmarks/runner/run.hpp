#pragma once

namespace sluice::bench {

/// Does what the command line says; gives the exit code.
int run_bench(int argc, const char* const* argv);

}  // namespace sluice::bench
