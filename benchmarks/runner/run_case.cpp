#include "benchmarks/runner/run_case.hpp"

#include <fmt/format.h>

#include "benchmarks/runner/files.hpp"
#include "systemgen/report/stopwatch.hpp"
#include "systemgen/synth/tool.hpp"
#include "systemgen/verify/process.hpp"

namespace sluice::bench {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

constexpr int kFrames = 2;  // as many as an interval needs
constexpr std::size_t kLongestMessage = 600;

std::string beginning(const std::string& text) {
  return text.size() <= kLongestMessage ? text : text.substr(0, kLongestMessage) + " ...";
}

std::string target_of(const Case& job, const CaseOptions& options) {
  return job.subject.target.empty() ? options.target : job.subject.target;
}

double clock_of(const Case& job, const CaseOptions& options) {
  return job.subject.target.empty() ? options.clock_ns : job.subject.clock_ns;
}

std::string system_of(const Case& job) {
  if (job.configuration.dataflow) return "dataflow";
  return job.subject.staged && job.configuration.level > 1 ? "staged" : "sequential";
}

Arguments model_arguments(const Case& job, const CaseOptions& options) {
  Arguments arguments{fmt::format("-O{}", job.configuration.level), "--target", target_of(job, options), "--clock",
                      fmt::format("{}", clock_of(job, options))};
  if (job.configuration.multipliers > 0) {
    arguments.insert(arguments.end(), {"--multipliers", std::to_string(job.configuration.multipliers)});
  }
  arguments.insert(arguments.end(), {"--system", system_of(job)});
  return arguments;
}

Arguments frame_arguments(const Case& job) {
  Arguments arguments{"--frames", std::to_string(kFrames)};
  if (!job.subject.inputs.empty()) arguments.insert(arguments.end(), {"--inputs", job.subject.inputs.string()});
  return arguments;
}

/// One case on its way; each step says whether there is a next one.
class Run {
 public:
  Run(const Case& job, const CaseOptions& options, const fs::path& model)
      : job_(job), options_(options), model_(model), design_(fs::absolute(options.out) / "designs" / job.name()) {
    result_.suite = job.suite;
    result_.subject = job.subject.name;
    result_.configuration = job.configuration.name();
    result_.target = target_of(job, options);
    result_.clock_ns = clock_of(job, options);
  }

  Result run() {
    make_place();
    if (compile() && simulate() && options_.synthesise) synthesise();
    clean();
    return std::move(result_);
  }

  /// `done` with the cells of its design.
  Result add_cells(Result done) {
    make_place();
    const bool written = compile();
    std::swap(result_, done);
    result_.synthesis_message = done.message;
    if (written) synthesise();
    clean();
    return std::move(result_);
  }

 private:
  void make_place() {
    std::error_code ignored;
    fs::create_directories(design_.parent_path(), ignored);
  }

  void clean() {
    std::error_code ignored;
    if (!options_.keep) fs::remove_all(design_, ignored);
  }

  void end(Outcome outcome, const std::string& message) {
    result_.outcome = outcome;
    result_.message = beginning(message);
  }

  /// Runs `sluice` with these arguments; none if it did not end by itself with `done` or the code of a difference.
  std::optional<ProcessResult> start(Arguments arguments, std::chrono::seconds timeout) {
    arguments.insert(arguments.begin(), options_.sluice.string());
    auto process = run_process(arguments, "/", timeout);
    if (!process) {
      end(Outcome::failed, to_string(process.errors()));
      return {};
    }
    const bool internal = process->output.find("sluice: ") != std::string::npos;
    if (process->timed_out) {
      end(Outcome::timed_out, fmt::format("did not end within {} s", timeout.count()));
    } else if (process->exit_code == 1 && !internal) {
      end(Outcome::refused, process->output);
    } else if (process->exit_code != 0 && process->exit_code != 3) {
      end(Outcome::failed, fmt::format("ended with code {}: {}", process->exit_code, process->output));
    } else {
      return std::move(*process);
    }
    return {};
  }

  bool read_figures() {
    const fs::path file = design_ / "report.json";
    const auto text = read_text(file);
    const auto figures = text ? figures_of_report(*text, file.string()) : Expected<Figures>(text.errors());
    if (!figures) {
      end(Outcome::failed, to_string(figures.errors()));
      return false;
    }
    const auto before = std::move(result_.figures);
    result_.figures = *figures;
    if (before) {  // what compiling alone takes
      result_.figures->compile_seconds = before->compile_seconds;
      result_.figures->peak_mb = before->peak_mb;
    }
    return true;
  }

  bool compile() {
    Arguments arguments{model_.string(), "-o", design_.string(), "--quiet", "--stop-after", "rtl"};
    for (auto& argument : model_arguments(job_, options_)) arguments.push_back(std::move(argument));
    if (!start(std::move(arguments), options_.timeout) || !read_figures()) return false;
    end(Outcome::compiled, "");
    return true;
  }

  bool simulate() {
    const std::int64_t cycles = kFrames * result_.figures->predicted_latency;
    if (!job_.subject.simulate) return true;
    if (cycles > options_.most_cycles) {
      end(Outcome::compiled, fmt::format("not simulated: {} cycles are more than {}", cycles, options_.most_cycles));
      return true;
    }
    result_.simulator =
        options_.simulator == "auto" ? faster_simulator(cycles, result_.figures->multipliers) : options_.simulator;
    Arguments arguments{model_.string(), "-o",          design_.string(), "--quiet",
                        "--verify",      "--simulator", result_.simulator};
    for (auto& argument : model_arguments(job_, options_)) arguments.push_back(std::move(argument));
    for (auto& argument : frame_arguments(job_)) arguments.push_back(std::move(argument));
    const auto process = start(std::move(arguments), options_.timeout);
    if (!process || !read_figures()) return false;
    end(process->exit_code == 0 ? Outcome::verified : Outcome::differs, process->output);
    return process->exit_code == 0;
  }

  void synthesise() {
    const Outcome outcome = result_.outcome;
    const std::string message = result_.message;
    const bool done = start({"synth", design_.string(), "--quiet"}, options_.synthesis_timeout).has_value();
    const auto text = read_text(design_ / "report.json");
    if (done && text) result_.cells = cells_of_report(*text);
    if (!result_.cells) result_.synthesis_message = done ? "no synthesis in the report" : result_.message;
    end(outcome, message);
  }

  const Case& job_;
  const CaseOptions& options_;
  fs::path model_;
  fs::path design_;
  Result result_;
};

}  // namespace

std::string Case::name() const { return suite + "/" + subject.name + "/" + configuration.name(); }

std::string fingerprint(const Case& job, const CaseOptions& options, std::string_view model) {
  std::string text = options.sluice_digest + digest(model) + options.simulator + std::to_string(options.most_cycles);
  for (const auto& argument : model_arguments(job, options)) text += " " + argument;
  for (const auto& argument : frame_arguments(job)) text += " " + argument;
  return digest(text + (job.subject.simulate ? " simulated" : ""));
}

fs::path result_file(const fs::path& out, const std::string& name) { return out / "results" / (name + ".json"); }

std::string faster_simulator(std::int64_t cycles, std::int64_t multipliers) {
  const auto size = static_cast<double>(multipliers);
  const double icarus_seconds = static_cast<double>(cycles) * (size + 3) / 22000;
  const double verilator_seconds = 7 + 0.12 * size;  // nearly all of it compiling
  return icarus_seconds < verilator_seconds ? "icarus" : "verilator";
}

Result run_case(const Case& job, const CaseOptions& options, const fs::path& model) {
  Stopwatch watch;
  Result result = Run(job, options, model).run();
  result.seconds = watch.lap();
  return result;
}

Result add_cells(const Case& job, const CaseOptions& options, const fs::path& model, Result done) {
  return Run(job, options, model).add_cells(std::move(done));
}

}  // namespace sluice::bench
