#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sluice::test {

/// What the program did.
struct CommandResult {
  int exit_code = -1;
  std::string output;  ///< standard output and standard error
};

/// Runs the program `sluice` that was built with the tests.
CommandResult run_sluice(std::vector<std::string> arguments, const std::filesystem::path& directory);

/// A file of the source tree.
std::filesystem::path source_file(const std::string& name);

}  // namespace sluice::test
