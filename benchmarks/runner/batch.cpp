#include "benchmarks/runner/batch.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "benchmarks/runner/files.hpp"
#include "systemgen/report/interrupt.hpp"
#include "systemgen/synth/tool.hpp"

namespace sluice::bench {
namespace {

namespace fs = std::filesystem;

/// The model as a file, and its bytes.
struct ModelFile {
  fs::path path;
  std::string bytes;
};

Expected<ModelFile> model_file(const Case& job, const fs::path& out) {
  if (!job.subject.make) {
    auto bytes = read_text(job.subject.file);
    if (!bytes) return bytes.errors();
    return ModelFile{job.subject.file, std::move(*bytes)};
  }
  ModelFile model{fs::absolute(out) / "models" / job.suite / (job.subject.name + ".onnx"),
                  job.subject.make().SerializeAsString()};
  const auto there = read_text(model.path);
  if (there && *there == model.bytes) return model;
  if (auto errors = write_whole(model.path, model.bytes); !errors.empty()) return errors;
  return model;
}

/// Takes the cases off a list, on several threads.
class Batch {
 public:
  Batch(const std::vector<Case>& cases, const BatchOptions& options)
      : cases_(cases), options_(options), results_(cases.size()) {}

  Expected<std::vector<Result>> run() {
    std::vector<std::thread> threads;
    const std::size_t count =
        std::min<std::size_t>(static_cast<std::size_t>(std::max(1, options_.jobs)), cases_.size());
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    for (auto& thread : threads) thread.join();
    if (exception_) std::rethrow_exception(exception_);
    if (!errors_.empty()) return errors_;
    return std::move(results_);
  }

 private:
  void work() {
    try {
      for (std::size_t i = next_++; i < cases_.size() && !stop_; i = next_++) {
        if (interrupted()) throw Interrupted();
        if (auto errors = one(i); !errors.empty()) return fail(errors);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      exception_ = std::current_exception();
      stop_ = true;
    }
  }

  void fail(const Diagnostics& errors) {
    const std::lock_guard lock(mutex_);
    append(errors_, errors);
    stop_ = true;
  }

  Diagnostics one(std::size_t index) {
    const Case& job = cases_[index];
    auto model = prepared(job);
    if (!model) return model.errors();
    const std::string mark = fingerprint(job, options_.cases, model->bytes);
    const fs::path file = result_file(options_.cases.out, job.name());
    auto result = done_before(file, mark);
    const bool before = result && !lacks_cells(*result);
    if (!before) {
      result = result ? add_cells(job, options_.cases, model->path, std::move(*result))
                      : run_case(job, options_.cases, model->path);
      result->fingerprint = mark;
      if (auto errors = write_whole(file, json_text(*result)); !errors.empty()) return errors;
    }
    const std::lock_guard lock(mutex_);
    results_[index] = std::move(*result);
    if (options_.progress) options_.progress(++done_, results_[index], before);
    return {};
  }

  /// Models are made one at a time: configurations share them.
  Expected<ModelFile> prepared(const Case& job) {
    const std::lock_guard lock(models_);
    return model_file(job, options_.cases.out);
  }

  [[nodiscard]] std::optional<Result> done_before(const fs::path& file, const std::string& mark) const {
    if (options_.fresh) return {};
    const auto text = read_text(file);
    if (!text) return {};
    auto result = parse_result(*text, file.string());
    if (!result || result->fingerprint != mark || result->outcome == Outcome::failed) return {};
    return std::move(*result);
  }

  [[nodiscard]] bool lacks_cells(const Result& result) const {
    const bool designed = result.outcome == Outcome::verified || result.outcome == Outcome::compiled;
    return options_.cases.synthesise && designed && !result.cells && result.synthesis_message.empty();
  }

  const std::vector<Case>& cases_;
  const BatchOptions& options_;
  std::vector<Result> results_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stop_ = false;
  std::mutex models_;
  std::mutex mutex_;  ///< of all below
  std::size_t done_ = 0;
  Diagnostics errors_;
  std::exception_ptr exception_;
};

void add_cases(const Suite& suite, const Selection& selection, std::vector<Case>& cases) {
  for (const auto& subject : suite.subjects(selection.suite_options)) {
    for (const auto& configuration : subject.configurations) {
      const bool fast = std::ranges::find(subject.fast, configuration) != subject.fast.end();
      Case job{std::string(suite.name), subject, configuration, fast};
      if (selection.fast && !fast) continue;
      if (selection.filter && !std::regex_search(job.name(), *selection.filter)) continue;
      cases.push_back(std::move(job));
    }
  }
}

}  // namespace

std::vector<Case> select_cases(const Selection& selection) {
  std::vector<Case> cases;
  for (const auto& suite : suites()) {
    const bool wanted =
        selection.suites.empty() || std::ranges::find(selection.suites, suite.name) != selection.suites.end();
    if (wanted) add_cases(suite, selection, cases);
  }
  return cases;
}

Expected<std::vector<Result>> run_batch(const std::vector<Case>& cases, const BatchOptions& options) {
  return Batch(cases, options).run();
}

Expected<std::vector<Result>> read_results(const fs::path& out) {
  std::vector<Result> results;
  Diagnostics errors;
  const fs::path folder = out / "results";
  if (!fs::is_directory(folder)) return Diagnostic{folder.string(), "is not there", "run a suite with the same --out"};
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".json") continue;
    const auto text = read_text(entry.path());
    auto result = text ? parse_result(*text, entry.path().string()) : Expected<Result>(text.errors());
    if (result) {
      results.push_back(std::move(*result));
    } else {
      append(errors, result.errors());
    }
  }
  if (!errors.empty()) return errors;
  std::ranges::sort(results, {}, &Result::name);
  return results;
}

}  // namespace sluice::bench
