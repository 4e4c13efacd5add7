#pragma once

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What is measured: suites of models, each compiled in several configurations.
namespace sluice::bench {

/// How a model is compiled.
struct Configuration {
  int level = 1;                 ///< -O<level>
  std::int64_t multipliers = 0;  ///< the budget; 0: none is given
  bool dataflow = false;         ///< as a dataflow system; else accelerators run one after another

  [[nodiscard]] std::string name() const;  ///< "O1", "O2-16", "O2-16-dataflow"
  bool operator==(const Configuration&) const = default;
};

/// A model of a suite.
struct Subject {
  std::string name;                        ///< in its suite; a file name
  std::function<onnx::ModelProto()> make;  ///< makes the model; empty: it is `file`
  std::filesystem::path file;
  std::filesystem::path inputs;  ///< folder of data sets to simulate with; empty: random inputs
  std::vector<Configuration> configurations;
  std::vector<Configuration> fast;  ///< those of them that are in the fast subset
  bool simulate = true;             ///< false: only compiled
  bool staged = false;              ///< at -O2, independent accelerators run at the same time, unless all do
  std::string target;               ///< what it is always built for; empty: for --target of the run
  double clock_ns = 0;              ///< with `target`
};

struct SuiteOptions {
  std::filesystem::path models;  ///< folder of models, one folder each
};

struct Suite {
  std::string_view name;
  std::string_view summary;
  std::vector<Subject> (*subjects)(const SuiteOptions& options);
};

/// All of them.
std::span<const Suite> suites();

/// The suite of this name; null if there is none.
const Suite* find_suite(std::string_view name);

/// -O0, -O1, and -O2 with 1, 4, 16, 64 and 256 multipliers, and with each of `budgets`; each once.
std::vector<Configuration> all_configurations(const std::vector<std::int64_t>& budgets = {});

/// The same as dataflow systems.
std::vector<Configuration> as_dataflow(std::vector<Configuration> configurations);

/// -O2 with each budget.
std::vector<Configuration> with_multipliers(const std::vector<std::int64_t>& budgets);

/// Suites, one file each.
std::vector<Subject> layers(const SuiteOptions&);
std::vector<Subject> kernels(const SuiteOptions&);
std::vector<Subject> polybench(const SuiteOptions&);
std::vector<Subject> chains(const SuiteOptions&);
std::vector<Subject> standard_cells(const SuiteOptions&);
std::vector<Subject> models(const SuiteOptions& options);

}  // namespace sluice::bench
