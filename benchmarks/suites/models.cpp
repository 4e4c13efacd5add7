#include <algorithm>

#include "benchmarks/suites/suite.hpp"

namespace sluice::bench {

namespace fs = std::filesystem;

namespace {

std::vector<Configuration> configurations_of_models() {
  std::vector<Configuration> configurations{{1, 0}, {2, 16}, {2, 64}, {2, 220}};
  for (const auto& each : as_dataflow(configurations)) configurations.push_back(each);
  configurations.insert(configurations.begin(), {0, 0});
  return configurations;
}

}  // namespace

/// Folders in the layout of ONNX's backend tests: model.onnx, test_data_set_<k>.
std::vector<Subject> models(const SuiteOptions& options) {
  std::vector<Subject> subjects;
  if (!fs::is_directory(options.models)) return subjects;
  for (const auto& entry : fs::directory_iterator(options.models)) {
    const fs::path file = fs::absolute(entry.path()) / "model.onnx";
    if (!fs::exists(file)) continue;
    const bool two_sets = fs::exists(entry.path() / "test_data_set_1");
    subjects.push_back({entry.path().filename().string(),
                        {},
                        file,
                        two_sets ? file.parent_path() : fs::path(),
                        configurations_of_models(),
                        {}});
  }
  std::ranges::sort(subjects, {}, &Subject::name);
  return subjects;
}

}  // namespace sluice::bench
