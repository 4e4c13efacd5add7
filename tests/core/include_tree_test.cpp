#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

// The folders form a tree that runs one way: a file includes only from the folders that its own may see.

namespace {

namespace fs = std::filesystem;
using Folders = std::set<std::string>;

const std::map<std::string, Folders>& seen_from() {
  static const std::map<std::string, Folders> seen{
      {"core", {"core"}},
      {"frontend", {"core", "frontend"}},
      {"scheduler", {"core", "scheduler"}},
      {"binder", {"core", "scheduler", "binder"}},
      {"rtlgen", {"core", "scheduler", "binder", "rtlgen"}},
      {"systemgen", {"core", "frontend", "scheduler", "binder", "rtlgen", "systemgen"}},
      {"benchmarks", {"core", "frontend", "scheduler", "binder", "rtlgen", "systemgen", "benchmarks"}},
  };
  return seen;
}

/// What is wrong with a line of a file below `folder`; empty: nothing.
std::string problem(const std::string& folder, const std::string& line) {
  static const std::regex include(R"(^\s*#\s*include\s*"([^"]*)\".*)");
  std::smatch match;
  if (!std::regex_match(line, match, include)) return "";
  const std::string path = match[1];
  const std::string from = path.substr(0, path.find('/'));
  if (!seen_from().contains(from) || path.find("..") != path.npos) {
    return fmt::format("'{}' is not a path from the root of the tree", path);
  }
  if (seen_from().at(folder).contains(from)) return "";
  return fmt::format("'{}' is in {}, which {} must not see", path, from, folder);
}

bool is_source(const fs::path& path) { return path.extension() == ".cpp" || path.extension() == ".hpp"; }

/// Lines of all sources below a folder that include what they must not.
std::vector<std::string> problems_below(const fs::path& root, const std::string& folder, int& files) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    if (!entry.is_regular_file() || !is_source(entry.path())) continue;
    ++files;
    std::ifstream file(entry.path());
    int number = 0;
    for (std::string line; std::getline(file, line);) {
      ++number;
      const std::string what = problem(folder, line);
      if (!what.empty())
        found.push_back(fmt::format("{}:{}: {}", fs::relative(entry.path(), root).string(), number, what));
    }
  }
  return found;
}

}  // namespace

TEST_CASE("no file includes from a folder that its own must not see") {
  for (const auto& [folder, seen] : seen_from()) {
    int files = 0;
    const auto problems = problems_below(SLUICE_SOURCE_DIR, folder, files);
    CHECK(files > 0);
    CHECK_MESSAGE(problems.empty(), fmt::format("{}", fmt::join(problems, "\n")));
  }
}

TEST_CASE("every folder with sources has its place in the tree") {
  for (const auto& entry : fs::directory_iterator(SLUICE_SOURCE_DIR)) {
    const std::string name = entry.path().filename().string();
    static const Folders others{"tests", "examples", "build"};
    if (!entry.is_directory() || name.starts_with('.') || others.contains(name)) continue;
    const auto below = fs::recursive_directory_iterator(entry.path());
    const bool has_sources =
        std::any_of(begin(below), end(below), [](const auto& file) { return is_source(file.path()); });
    CHECK_MESSAGE(has_sources == seen_from().contains(name), name);
  }
}

TEST_CASE("an include against the tree is found") {
  CHECK(problem("core", "#include \"core/diag/expected.hpp\"") == "");
  CHECK(problem("core", "#include <onnx/onnx_pb.h>") == "");
  CHECK(problem("core", "#include \"scheduler/problem.hpp\"") ==
        "'scheduler/problem.hpp' is in scheduler, which core must not see");
  CHECK(problem("scheduler", "#include \"frontend/onnx/import.hpp\"  // only this once") != "");
  CHECK(problem("frontend", "  #  include \"scheduler/schedule.hpp\"") != "");
  CHECK(problem("rtlgen", "#include \"systemgen/flow.hpp\"") != "");
  CHECK(problem("binder", "#include \"../rtlgen/fsmd/fsmd.hpp\"") != "");
  CHECK(problem("binder", "#include \"core/../rtlgen/fsmd/fsmd.hpp\"") != "");
  CHECK(problem("systemgen", "#include \"flow.hpp\"") == "'flow.hpp' is not a path from the root of the tree");
  CHECK(problem("core", "#include \"tests/support/random_problem.hpp\"") != "");
}
