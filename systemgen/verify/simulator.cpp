#include "systemgen/verify/simulator.hpp"

#include <fmt/format.h>

#include "systemgen/output/temporary_folder.hpp"
#include "systemgen/verify/process.hpp"
#include "systemgen/verify/simulator_commands.hpp"

namespace sluice {
namespace {

/// How one simulator is called.
struct Commands {
  std::string program;  ///< that must be installed
  std::string package;  ///< Debian's name for what has it
  std::vector<std::string> build;
  std::vector<std::string> run;
};

Commands icarus(const SimulationJob& job, const std::string& folder) {
  const std::string image = folder + "/tb.vvp";
  Commands commands{"iverilog", "iverilog", icarus_build(image), {"vvp", "-n", image}};
  commands.build.insert(commands.build.end(), job.sources.begin(), job.sources.end());
  return commands;
}

Commands verilator(const SimulationJob& job, const std::string& folder) {
  Commands commands{"verilator", "verilator", verilator_build(folder, false), {folder + "/tb"}};
  commands.build.insert(commands.build.end(), job.sources.begin(), job.sources.end());
  return commands;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The process's output, or why there is none.
Expected<std::string> run(const std::vector<std::string>& command, const SimulationJob& job, const std::string& what) {
  auto result = run_process(command, job.rtl, job.timeout);
  if (!result) return result.errors();
  if (result->timed_out) {
    return Diagnostic{what, fmt::format("{} did not end within {} s", command[0], job.timeout.count()),
                      "simulate fewer frames, or use --simulator verilator, which is faster on long runs"};
  }
  if (result->exit_code != 0) {
    return Diagnostic{
        what, fmt::format("{} ended with code {} and said:\n{}", command[0], result->exit_code, result->output), ""};
  }
  return std::move(result->output);
}

}  // namespace

Expected<SimulationResult> simulate(const SimulationJob& job) {
  const auto folder = TemporaryFolder::create();
  if (!folder) return folder.errors();
  const std::string place = folder->path().string();
  Commands commands = job.simulator == Simulator::icarus ? icarus(job, place) : verilator(job, place);
  if (!program_exists(commands.program)) {
    return Diagnostic{"simulation", fmt::format("{} is not installed", commands.program),
                      fmt::format("on Debian: apt-get install {}", commands.package)};
  }
  const auto build_start = std::chrono::steady_clock::now();
  const auto built = run(commands.build, job, "building the simulation");
  if (!built) return built.errors();
  const double build_seconds = seconds_since(build_start);

  commands.run.insert(commands.run.end(), job.plusargs.begin(), job.plusargs.end());
  const auto run_start = std::chrono::steady_clock::now();
  const auto output = run(commands.run, job, "simulation");
  if (!output) return output.errors();
  auto result = parse_bench_output(*output);
  if (!result) return result;
  result->build_seconds = build_seconds;
  result->run_seconds = seconds_since(run_start);
  return result;
}

}  // namespace sluice
