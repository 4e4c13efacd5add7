#include "systemgen/synth/tool.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "systemgen/verify/process.hpp"

namespace sluice {
namespace {

struct Tool {
  std::string program;
  std::string package;  ///< Debian's name for what has it
  std::string error;    ///< how a line begins that says what is wrong
};

/// The lines that say what is wrong, or else the last few.
std::string complaint(const std::string& output, const std::string& error) {
  std::istringstream lines(output);
  std::string errors;
  std::vector<std::string> last;
  for (std::string line; std::getline(lines, line);) {
    if (line.find(error) != std::string::npos) errors += line + "\n";
    if (!line.empty()) last.push_back(line);
    if (last.size() > 5) last.erase(last.begin());
  }
  return errors.empty() ? fmt::format("{}", fmt::join(last, "\n")) : errors;
}

/// Whether a line of the output begins so: OpenSTA ends with 0 even after an error.
bool says(const std::string& output, const std::string& error) {
  return output.starts_with(error) || output.find("\n" + error) != std::string::npos;
}

Expected<std::string> run(const Tool& tool, const std::vector<std::string>& command,
                          const std::filesystem::path& directory, std::chrono::seconds timeout) {
  if (!program_exists(tool.program)) {
    return Diagnostic{"synthesis", fmt::format("{} is not installed", tool.program),
                      fmt::format("on Debian: apt-get install {}", tool.package)};
  }
  auto result = run_process(command, directory, timeout);
  if (!result) return result.errors();
  if (result->timed_out) {
    return Diagnostic{"synthesis", fmt::format("{} did not end within {} s", tool.program, timeout.count()),
                      "synthesize one actor at a time with --actor"};
  }
  if (result->exit_code != 0 || says(result->output, tool.error)) {
    return Diagnostic{"synthesis",
                      fmt::format("{} ended with code {} and said:\n{}", tool.program, result->exit_code,
                                  complaint(result->output, tool.error)),
                      ""};
  }
  return std::move(result->output);
}

}  // namespace

Expected<std::string> run_yosys(const std::filesystem::path& script, const std::filesystem::path& directory,
                                std::chrono::seconds timeout) {
  return run({"yosys", "yosys", "ERROR"}, {"yosys", "-s", script.string()}, directory, timeout);
}

Expected<std::string> run_sta(const std::filesystem::path& script, const std::filesystem::path& directory,
                              std::chrono::seconds timeout) {
  return run({"sta", "opensta", "Error"}, {"sta", "-exit", "-no_splash", script.string()}, directory, timeout);
}

Diagnostics write_text(const std::filesystem::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return {};
  return {{path.string(), fmt::format("cannot be written: {}", std::strerror(errno)), ""}};
}

Expected<std::string> read_text(const std::filesystem::path& path) {
  std::error_code error;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, error)) {
    return Diagnostic{path.string(), "cannot be read", "check the path"};
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace sluice
