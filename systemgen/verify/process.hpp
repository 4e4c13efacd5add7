#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice {

struct ProcessResult {
  int exit_code = 0;  ///< 128 + signal if a signal ended it
  bool timed_out = false;
  std::string output;  ///< standard output and standard error, as they came
};

/// Runs a program, found in PATH, in the folder `directory`, without a shell and without input, and waits for it. After
/// `timeout` it is ended with all that it started: it is asked to end (SIGTERM), and has a few seconds for it. An
/// error: the program can't be started. Throws Interrupted when the user ends Sluice.
Expected<ProcessResult> run_process(const std::vector<std::string>& arguments, const std::filesystem::path& directory,
                                    std::chrono::seconds timeout);

/// Whether a program of this name is in PATH.
bool program_exists(const std::string& name);

}  // namespace sluice
