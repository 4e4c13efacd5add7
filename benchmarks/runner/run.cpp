#include "benchmarks/runner/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "benchmarks/results/page.hpp"
#include "benchmarks/runner/arguments.hpp"
#include "benchmarks/runner/compare.hpp"
#include "benchmarks/runner/files.hpp"
#include "systemgen/report/interrupt.hpp"
#include "systemgen/synth/tool.hpp"

namespace sluice::bench {
namespace {

constexpr int kDone = 0;
constexpr int kUnreadable = 1;
constexpr int kWorse = 3;
constexpr int kInterrupted = 130;  // what shells give for SIGINT

int failed(const Diagnostics& errors) {
  fmt::print(stderr, "{}", to_string(errors));
  return kUnreadable;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// "[ 3/12] layers/lenet_fc_84_10/O1  850 cycles, 1 multipliers, efficiency 0.988, verified, 0.4 s".
std::string line_of(std::size_t done, std::size_t all, const Result& result, bool before) {
  std::string text = fmt::format("[{:>{}}/{}] {:<44}", done, std::to_string(all).size(), all, result.name());
  if (const auto& figures = result.figures) {
    text += fmt::format(" {:>11} cycles, {:>3} multipliers", figures->kernel_cycles, figures->multipliers);
    if (const auto efficiency = figures->efficiency()) text += fmt::format(", efficiency {:.3f}", *efficiency);
    text += ", ";
  } else {
    text += " ";
  }
  text += to_string(result.outcome);
  if (!result.message.empty()) text += ": " + first_line(result.message);
  return text + (before ? " (before)" : fmt::format(", {:.1f} s", result.seconds));
}

/// How many results of each outcome there are.
std::string summary(const std::vector<Result>& results) {
  std::string text = fmt::format("{} cases", results.size());
  for (const auto outcome : {Outcome::verified, Outcome::compiled, Outcome::refused, Outcome::differs,
                             Outcome::timed_out, Outcome::failed}) {
    const auto count = std::ranges::count(results, outcome, &Result::outcome);
    if (count > 0) text += fmt::format(", {} {}", count, to_string(outcome));
  }
  return text;
}

/// Whether nothing went wrong; a refusal is an answer.
bool all_well(const std::vector<Result>& results) {
  return std::ranges::none_of(results, [](const Result& result) {
    return result.outcome == Outcome::differs || result.outcome == Outcome::timed_out ||
           result.outcome == Outcome::failed;
  });
}

Expected<Baseline> baseline_or_empty(const Arguments& arguments) {
  if (arguments.update_baseline && !std::filesystem::exists(arguments.baseline)) return Baseline{};
  return read_baseline(arguments.baseline);
}

int update(const Arguments& arguments, const std::vector<Result>& results, Baseline baseline) {
  for (const auto& result : results) baseline[result.name()] = expectation_of(result);
  if (auto errors = write_whole(std::filesystem::absolute(arguments.baseline), json_text(baseline)); !errors.empty()) {
    return failed(errors);
  }
  fmt::print("{} cases are in {} now\n", baseline.size(), arguments.baseline.string());
  return kDone;
}

int compare_with_baseline(const Arguments& arguments, const std::vector<Result>& results) {
  auto baseline = baseline_or_empty(arguments);
  if (!baseline) return failed(baseline.errors());
  if (arguments.update_baseline) return update(arguments, results, std::move(*baseline));
  const Comparison comparison = compare(results, *baseline);
  for (const auto& text : comparison.better) fmt::print("better: {}\n", text);
  for (const auto& text : comparison.worse) fmt::print("worse: {}\n", text);
  fmt::print("{} cases compared with {}: {} figures better, {} worse, {} cases new\n", comparison.compared,
             arguments.baseline.string(), comparison.better.size(), comparison.worse.size(), comparison.added.size());
  return comparison.worse.empty() ? kDone : kWorse;
}

bool wants_models(const Selection& selection) {
  return selection.suites.empty() || std::ranges::find(selection.suites, "models") != selection.suites.end();
}

int run_cases(Arguments& arguments, const std::vector<Case>& cases) {
  BatchOptions& batch = arguments.batch;
  const auto program = read_text(batch.cases.sluice);
  if (!program) return failed(program.errors());
  batch.cases.sluice_digest = digest(*program);
  batch.progress = [&](std::size_t done, const Result& result, bool before) {
    fmt::print("{}\n", line_of(done, cases.size(), result, before));
    std::fflush(stdout);
  };
  const auto results = run_batch(cases, batch);
  if (!results) return failed(results.errors());
  fmt::print("{}\n", summary(*results));
  const int comparison = arguments.baseline.empty() ? kDone : compare_with_baseline(arguments, *results);
  return comparison == kDone && !all_well(*results) ? kWorse : comparison;
}

int report(const Arguments& arguments) {
  auto results = read_results(arguments.batch.cases.out);
  if (!results) return failed(results.errors());
  if (auto errors = write_page(Results(std::move(*results)), arguments.page); !errors.empty()) return failed(errors);
  fmt::print("{} is written\n", (arguments.page / "RESULTS.md").string());
  return kDone;
}

int run(Arguments& arguments) {
  if (arguments.report) return report(arguments);
  const auto cases = select_cases(arguments.selection);
  if (wants_models(arguments.selection) && !std::filesystem::is_directory(arguments.selection.suite_options.models)) {
    fmt::print(stderr, "suite models: skipped, no folder is given with --models\n");
  }
  if (arguments.list) {
    for (const auto& job : cases) fmt::print("{}{}\n", job.name(), job.fast ? " (fast)" : "");
    return kDone;
  }
  return run_cases(arguments, cases);
}

}  // namespace

int run_bench(int argc, const char* const* argv) {
  try {
    auto parsed = parse_arguments(argc, argv);
    if (const auto* answer = std::get_if<Answer>(&parsed)) {
      fmt::print("{}", answer->output);
      fmt::print(stderr, "{}", answer->error);
      return answer->exit_code;
    }
    note_interrupts();
    return run(std::get<Arguments>(parsed));
  } catch (const Interrupted&) {
    fmt::print(stderr, "sluice_bench: interrupted; what is done is kept, the same command goes on\n");
    return kInterrupted;
  } catch (const std::exception& error) {
    fmt::print(stderr, "sluice_bench: internal error: {}\n", error.what());
    return kUnreadable;
  }
}

}  // namespace sluice::bench
