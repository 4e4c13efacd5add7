#include "tests/systemgen/support/liberty.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "systemgen/verify/process.hpp"
#include "tests/frontend/support/models.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

/// The smallest whose name begins with `prefix`.
std::string beside_models(const std::string& prefix) {
  std::string found;
  const auto models = models_folder();
  const fs::path folder = models ? fs::canonical(*models).parent_path() / "lib" : fs::path();
  if (!fs::is_directory(folder)) return found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".lib" || !entry.path().filename().string().starts_with(prefix)) continue;
    if (found.empty() || entry.file_size() < fs::file_size(found)) found = entry.path().string();
  }
  return found;
}

/// The file, if the tools are there too.
std::string usable(const std::string& file) {
  if (file.empty()) MESSAGE("skipped: there is no such Liberty file (SLUICE_LIBERTY, or beside the folder of models)");
  if (without_yosys()) return "";
  if (program_exists("sta")) return file;
  MESSAGE("skipped: OpenSTA is not installed");
  return "";
}

}  // namespace

std::string liberty_to_test_with() {
  const char* path = std::getenv("SLUICE_LIBERTY");
  return usable(path ? path : beside_models(""));
}

std::string liberty_of(const std::string& target) { return usable(beside_models(target)); }

bool without_yosys() {
  if (program_exists("yosys")) return false;
  MESSAGE("skipped: yosys is not installed");
  return true;
}

}  // namespace sluice::test
