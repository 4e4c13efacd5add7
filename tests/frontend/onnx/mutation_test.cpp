#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "frontend/onnx/import.hpp"
#include "frontend/passes/pass.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/frontend/support/mutate.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestSeed = 120'000;  ///< bytes; larger models only make the test slower

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Small real models: the repository's examples, and the models with golden results if they are there; with those of a
/// single operator if asked for.
std::vector<std::string> seeds(bool single_operators) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SLUICE_SOURCE_DIR) / "examples")) {
    if (entry.path().extension() == ".onnx") paths.push_back(entry.path());
  }
  if (const auto folder = models_folder()) {
    for (const auto& model : golden_models(*folder)) paths.push_back(model.model);
    if (single_operators) {
      for (const auto& model : golden_models(*folder / "ops")) paths.push_back(model.model);
    }
  }
  std::erase_if(paths, [](const fs::path& path) { return fs::file_size(path) > kLargestSeed; });
  std::ranges::sort(paths);
  std::vector<std::string> models;
  for (const auto& path : paths) models.push_back(bytes_of(path));
  return models;
}

/// Imports and optimises; whatever happens must be a graph that is sound or a list of messages that say something.
bool survives(const std::string& bytes) {
  auto graph = import_onnx_bytes(bytes, fs::temp_directory_path());
  if (!graph) {
    CHECK_FALSE(graph.errors().empty());
    for (const auto& error : graph.errors()) {
      CAPTURE(to_string(error));
      CHECK_FALSE((error.what.empty() || error.where.empty()));
    }
    return false;
  }
  CHECK(to_string(run_passes(*graph)) == "");
  return true;
}

}  // namespace

TEST_CASE("2000 damaged files are imported or refused with a message") {
  const auto models = seeds(false);
  REQUIRE_FALSE(models.empty());
  int imported = 0;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    CAPTURE(i);
    imported += survives(mutate_bytes(i, models));
  }
  MESSAGE("imported " << imported << " of 2000");
}

TEST_CASE("2000 models with changed contents are imported or refused with a message") {
  const auto models = seeds(true);
  REQUIRE_FALSE(models.empty());
  int imported = 0;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    CAPTURE(i);
    imported += survives(mutate_contents(i, models).SerializeAsString());
  }
  MESSAGE("imported " << imported << " of 2000");
}

}  // namespace sluice::test
