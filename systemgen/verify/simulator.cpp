#include "systemgen/verify/simulator.hpp"

#include <fmt/format.h>

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

Commands commands_of(const SimulationJob& job, const TemporaryFolder& folder) {
  const std::string place = folder.path().string();
  return job.simulator == Simulator::icarus ? icarus(job, place) : verilator(job, place);
}

}  // namespace

Expected<Simulation> Simulation::build(SimulationJob job) {
  auto folder = TemporaryFolder::create();
  if (!folder) return folder.errors();
  Simulation built(std::move(job), std::move(*folder));
  const Commands commands = commands_of(built.job_, built.folder_);
  if (!program_exists(commands.program)) {
    return Diagnostic{"simulation", fmt::format("{} is not installed", commands.program),
                      fmt::format("on Debian: apt-get install {}", commands.package)};
  }
  const auto start = std::chrono::steady_clock::now();
  if (const auto output = sluice::run(commands.build, built.job_, "building the simulation"); !output)
    return output.errors();
  built.build_seconds_ = seconds_since(start);
  return built;
}

Expected<SimulationResult> Simulation::run(const std::vector<std::string>& plusargs) const {
  auto command = commands_of(job_, folder_).run;
  command.insert(command.end(), plusargs.begin(), plusargs.end());
  const auto start = std::chrono::steady_clock::now();
  const auto output = sluice::run(command, job_, "simulation");
  if (!output) return output.errors();
  auto result = parse_bench_output(*output);
  if (!result) return result;
  result->build_seconds = build_seconds_;
  result->run_seconds = seconds_since(start);
  return result;
}

Expected<SimulationResult> simulate(const SimulationJob& job) {
  const auto built = Simulation::build(job);
  if (!built) return built.errors();
  return built->run(job.plusargs);
}

}  // namespace sluice
