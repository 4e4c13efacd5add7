#include "systemgen/cli/parse.hpp"

#include <CLI/CLI.hpp>
#include <sstream>

namespace sluice {

std::optional<Answer> parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream output;
    std::ostringstream errors;
    const bool wrong = app.exit(error, output, errors) != 0;
    return Answer{wrong ? 2 : 0, output.str(), errors.str()};
  }
  return std::nullopt;
}

}  // namespace sluice
