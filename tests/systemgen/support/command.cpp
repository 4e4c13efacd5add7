#include "tests/systemgen/support/command.hpp"

#include <doctest/doctest.h>

#include "systemgen/verify/process.hpp"

namespace sluice::test {

CommandResult run_sluice(std::vector<std::string> arguments, const std::filesystem::path& directory) {
  arguments.insert(arguments.begin(), SLUICE_BINARY);
  const auto result = run_process(arguments, directory, std::chrono::seconds(1500));
  REQUIRE(result.has_value());
  return {result->exit_code, result->output};
}

std::filesystem::path source_file(const std::string& name) { return std::filesystem::path(SLUICE_SOURCE_DIR) / name; }

}  // namespace sluice::test
