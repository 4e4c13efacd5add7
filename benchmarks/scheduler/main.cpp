#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "benchmarks/scheduler/large_body.hpp"
#include "core/target/target.hpp"
#include "scheduler/schedulers.hpp"

/// Measures scheduling and binding by size: scheduler_scale [SIZES...] prints one JSON object a line, each with the
/// CPU seconds of the step alone, the memory in MB that it needed on top of its input, and what came out. Every step
/// runs in a process of its own.
namespace {

using namespace sluice;
using nlohmann::json;

constexpr double kMostSeconds = 120;  // of CPU, for a step

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// "VmRSS" or "VmHWM", its peak, of this process.
double megabytes_of(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kilobytes = 0;
    if (word == key + ":" && status >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}

/// What a process has used so far; counted from its making on.
struct Meter {
  Meter() : seconds(cpu_seconds()), megabytes(start_memory()) {}

  void stop(json& result) const {
    result["seconds"] = cpu_seconds() - seconds;
    result["megabytes"] = megabytes_of("VmHWM") - megabytes;
  }

  /// Gives back what is free and begins a new peak.
  static double start_memory() {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << 5;
    return megabytes_of("VmRSS");
  }

  double seconds;
  double megabytes;
};

struct Step {
  const char* name;
  const char* scheduler;
  bool pipelined;
  bool binds;  ///< the binding of that schedule is measured, not the schedule
};

constexpr std::array kSteps{Step{"list", "list", false, false},       Step{"sdc", "sdc", false, false},
                            Step{"modulo list", "list", true, false}, Step{"modulo sdc", "sdc", true, false},
                            Step{"binding", "sdc", false, true},      Step{"modulo binding", "sdc", true, true}};

void measure(const Step& step, std::size_t operations) {
  const Kernel kernel = bench::large_body(operations, 1);
  const Target target = Target::load("generic").value();
  std::vector<ScheduledNest> nests{bench::unscheduled(kernel, target)};
  json result{{"step", step.name}, {"operations", nests[0].problem.operations.size()}};
  const Meter scheduling;
  nests[0].schedule = find_scheduler(step.scheduler)->schedule(nests[0].problem, {.pipelined = step.pipelined}).value();
  scheduling.stop(result);
  result["ii"] = nests[0].schedule.ii;
  result["length"] = nests[0].schedule.length;
  if (step.binds) {
    const Meter binding;
    const Binding bound = bind(kernel, nests, target, {});
    binding.stop(result);
    result["units"] = bound.units.size();
    result["registers"] = bound.registers.size();
  }
  fmt::print("{}\n", result.dump());
  std::fflush(stdout);
}

/// Whether the step ended within its time.
bool measure_apart(const Step& step, std::size_t operations) {
  const pid_t child = fork();
  if (child == 0) {
    const rlimit limit{static_cast<rlim_t>(kMostSeconds), static_cast<rlim_t>(kMostSeconds)};
    setrlimit(RLIMIT_CPU, &limit);
    measure(step, operations);
    std::_Exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < count; ++i) sizes.push_back(std::strtoul(arguments[i], nullptr, 10));
  if (sizes.empty()) sizes = {100, 300, 1'000, 3'000, 10'000, 30'000};
  for (const auto& step : kSteps) {
    for (const auto operations : sizes) {
      if (measure_apart(step, operations)) continue;
      fmt::print(stderr, "{} of {} operations: no answer in {} s\n", step.name, operations, kMostSeconds);
      break;
    }
  }
}
