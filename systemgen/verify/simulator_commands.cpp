#include "systemgen/verify/simulator_commands.hpp"

namespace sluice {

std::vector<std::string> icarus_build(const std::string& image) {
  return {"iverilog", "-g2005", "-s", "tb", "-o", image};
}

std::vector<std::string> verilator_build(const std::string& folder, bool waves) {
  // Without -fno-gate the nets at a unit's ports become those around it, and each unit's code is written anew: 15 MB
  // for 256 multipliers in place of 3 MB. Better optimised, the program would take longer to compile than it saves.
  std::vector<std::string> command{
      "verilator",    "--binary",   "--timing",  "-j",         "2",
      "--top-module", "tb",         "--Mdir",    folder,       "-o",
      "tb",           "-Wno-fatal", "-fno-gate", "-MAKEFLAGS", "OPT_FAST=-O1 OPT_SLOW=-O0 OPT_GLOBAL=-O1"};
  if (waves) command.emplace_back("--trace");
  return command;
}

std::string shell_line(const std::vector<std::string>& command) {
  std::string line;
  for (const auto& word : command) {
    const bool quote = word.empty() || word.find_first_of(" '\"$&|;<>()*?\\") != std::string::npos;
    if (!line.empty()) line += ' ';
    if (!quote) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char letter : word) line += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    line += '\'';
  }
  return line;
}

}  // namespace sluice
