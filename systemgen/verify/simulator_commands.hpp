#pragma once

#include <string>
#include <vector>

namespace sluice {

/// How Icarus Verilog makes a program of a test bench: `iverilog` and its options, without sources. `image` is the file
/// that it writes, for `vvp -n`.
std::vector<std::string> icarus_build(const std::string& image);

/// How Verilator does: `verilator` and its options, without sources. It writes the program `folder`/tb. With `waves`,
/// the program can write what happens in the design, and takes longer to build.
std::vector<std::string> verilator_build(const std::string& folder, bool waves);

/// The command as a line of a shell script.
std::string shell_line(const std::vector<std::string>& command);

}  // namespace sluice
