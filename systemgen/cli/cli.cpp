#include "systemgen/cli/cli.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <new>

#include "systemgen/cli/arguments.hpp"
#include "systemgen/report/interrupt.hpp"

namespace sluice {
namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;
constexpr int kDiffers = 3;
constexpr int kInterrupted = 130;  // what shells give for SIGINT

void print_errors(const Diagnostics& errors) {
  for (const auto& error : errors) fmt::print(stderr, "{}\n", to_string(error));
}

std::string pass_table(const std::vector<PassStats>& passes) {
  std::string text = fmt::format("{:<28} {:>8} {:>8} {:>8} {:>10}\n", "pass", "changes", "before", "after", "seconds");
  for (const auto& pass : passes) {
    text += fmt::format("{:<28} {:>8} {:>8} {:>8} {:>10.4f}\n", pass.name, pass.changes, pass.nodes_before,
                        pass.nodes_after, pass.seconds);
  }
  return text + "\n";
}

/// In single quotes, as a shell takes it.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

void print_result(const Arguments& arguments, const FlowResult& result) {
  const std::string folder = arguments.flow.output.string();
  if (arguments.time_passes) fmt::print("{}", pass_table(result.passes));
  if (!result.complete) return fmt::print("stopped; what there is, is in {}\n", folder);
  fmt::print("{}{:<14} {}\n", to_table(result.report), "written to", folder);
  fmt::print("{:<14} make -C {}\n", "simulate again", quoted((arguments.flow.output / "sim").string()));
}

int run(const Arguments& arguments) {
  if (!arguments.refused.empty()) {
    print_errors(arguments.refused);
    return kRefused;
  }
  Expected<FlowResult> result = Diagnostics{};
  {
    Progress progress(!arguments.quiet && isatty(STDERR_FILENO) == 1);
    result = run_flow(arguments.flow, progress);
  }
  if (!result) {
    print_errors(result.errors());
    return kRefused;
  }
  if (!arguments.quiet) print_result(arguments, *result);
  const auto& verification = result->report.verification;
  if (!verification || verification->failures.empty()) return kDone;
  print_errors(verification->failures);
  return kDiffers;
}

int print(const Answer& answer) {
  fmt::print("{}", answer.output);
  fmt::print(stderr, "{}", answer.error);
  return answer.exit_code;
}

}  // namespace

int run_cli(int argc, const char* const* argv) {
  try {
    if (const auto* command = find_subcommand(argc, argv)) {
      note_interrupts();
      return print(command->run(argc - 1, argv + 1));
    }
    auto parsed = parse_arguments(argc, argv);
    if (const auto* answer = std::get_if<Answer>(&parsed)) return print(*answer);
    note_interrupts();
    return run(std::get<Arguments>(parsed));
  } catch (const Interrupted&) {
    fmt::print(stderr, "sluice: interrupted; nothing was written\n");
    return kInterrupted;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "sluice: out of memory (the model is too large for this machine)\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "sluice: internal error: {} (this is a bug in Sluice; please report the model)\n", error.what());
  }
  return kRefused;
}

}  // namespace sluice
