#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// What is printed at the end, and the exit code.
struct Answer {
  int exit_code = 0;
  std::string output;  ///< for standard output
  std::string error;   ///< for standard error
};

/// A command with a name of its own: `sluice NAME ...`.
struct Subcommand {
  std::string_view name;
  std::string_view summary;                          ///< for `sluice --help`
  Answer (*run)(int argc, const char* const* argv);  ///< argv[0] is the name
};

/// All of them, in the order of the help.
std::span<const Subcommand> subcommands();

/// The subcommand that the command line names; null if it names none.
const Subcommand* find_subcommand(int argc, const char* const* argv);

}  // namespace sluice
