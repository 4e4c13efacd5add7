#include "systemgen/characterize/measurements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <mutex>
#include <thread>

namespace sluice {
namespace {

/// One call of `Measure`, and where its result goes.
struct Task {
  std::string name;
  std::string text;
  CutsOfUnit cuts;
  std::vector<StageFigures>* result = nullptr;
};

/// Runs tasks on threads until all are done or one has failed.
class Pool {
 public:
  Pool(const std::vector<Task>& tasks, const Measure& measure, Progress& progress)
      : tasks_(tasks), measure_(measure), progress_(progress) {}

  Diagnostics run(int jobs) {
    std::vector<std::thread> threads;
    for (int i = 0; i < jobs; ++i) threads.emplace_back([this] { work(); });
    for (auto& thread : threads) thread.join();
    if (exception_) std::rethrow_exception(exception_);
    return errors_;
  }

 private:
  const Task* next() {
    const std::scoped_lock lock(mutex_);
    if (!errors_.empty() || exception_ || next_ == tasks_.size()) return nullptr;
    const Task& task = tasks_[next_++];
    progress_.stage(fmt::format("measuring {} of {}: {}", next_, tasks_.size(), task.name));
    return &task;
  }

  void work() {
    try {
      while (const Task* task = next()) {
        auto stages = measure_(task->text, [&](int stage) { return is_wanted(task->cuts, stage); });
        finish(*task, std::move(stages));
      }
    } catch (...) {  // the user's interrupt, which the main thread has to see
      const std::scoped_lock lock(mutex_);
      exception_ = std::current_exception();
    }
  }

  void finish(const Task& task, Expected<std::vector<StageFigures>> stages) {
    const std::scoped_lock lock(mutex_);
    const auto expected = static_cast<std::size_t>(task.cuts.cuts) + 1;
    if (!stages) {
      for (const auto& error : stages.errors()) errors_.push_back({task.name, to_string(error), ""});
    } else if (stages->size() != expected) {
      errors_.push_back({task.name, fmt::format("has {} stages where its file says {}", stages->size(), expected),
                         "this is a bug in Sluice; please report it"});
    } else {
      *task.result = std::move(*stages);
    }
  }

  const std::vector<Task>& tasks_;
  const Measure& measure_;
  Progress& progress_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  Diagnostics errors_;
  std::exception_ptr exception_;
};

constexpr std::array kMultiplexerInputs{2, 4, 8, 16, 32};

}  // namespace

bool is_wanted(const CutsOfUnit& cuts, int stage) {
  return stage >= cuts.rows || stage <= 1 || stage == cuts.rows / 2 || stage == cuts.rows - 1;
}

Expected<Measurements> measure_all(const std::vector<UnitCase>& cases, const CharacterizeOptions& options,
                                   const Measure& measure, Progress& progress) {
  std::vector<std::vector<StageFigures>> results(cases.size() + kMultiplexerInputs.size() + 2);
  std::vector<Task> tasks;
  for (const auto& unit_case : cases) {
    tasks.push_back({unit_case.unit + " " + to_string(unit_case.type),
                     unit_text(unit_case, options.multiplier) + wrapper(unit_case, true), cuts_of(unit_case),
                     &results[tasks.size()]});
  }
  for (const int inputs : kMultiplexerInputs) {
    tasks.push_back(
        {fmt::format("multiplexer of {}", inputs), multiplexer_wrapper(inputs), {}, &results[tasks.size()]});
  }
  tasks.push_back({"register", register_wrapper(), {}, &results[tasks.size()]});
  tasks.push_back({"held register", held_register_wrapper(), {}, &results[tasks.size()]});
  // What takes longest begins first.
  std::stable_sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) { return a.cuts.rows > b.cuts.rows; });
  if (auto errors = Pool(tasks, measure, progress).run(options.jobs); !errors.empty()) return errors;

  Measurements measurements;
  measurements.register_stage = results[results.size() - 2].at(0);
  measurements.held_register_stage = results.back().at(0);
  for (std::size_t i = 0; i < kMultiplexerInputs.size(); ++i) {
    measurements.multiplexers[kMultiplexerInputs[i]] = results[cases.size() + i].at(0);
  }
  results.resize(cases.size());
  measurements.units = std::move(results);
  return measurements;
}

}  // namespace sluice
