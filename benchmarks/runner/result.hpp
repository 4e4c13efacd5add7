#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/diag/expected.hpp"

namespace sluice::bench {

/// How a case ended.
enum class Outcome : std::uint8_t {
  verified,   ///< simulated; every bit and every cycle as predicted
  compiled,   ///< not simulated, as the case or a limit wants it
  refused,    ///< Sluice said that it cannot build it
  differs,    ///< simulated, and something differs
  timed_out,  ///< took longer than --timeout
  failed      ///< anything else; run again next time
};

std::string to_string(Outcome outcome);
Outcome outcome_of(const std::string& text);  ///< of an unknown text: failed

/// One accelerator.
struct ActorFigures {
  std::string name;
  std::string kernel;
  std::int64_t macs = 0;
  std::int64_t cycles = 0;  ///< from start to done
  std::int64_t ii = 1;
  std::int64_t multipliers = 0;
  double efficiency_bound = 1;  ///< what its MAC efficiency can't exceed, since lanes don't divide trips
};

/// What the report of a design says.
struct Figures {
  std::int64_t macs = 0;
  std::int64_t kernel_cycles = 0;        ///< of all actors, each from start to done, stage by stage as they run
  std::int64_t critical_cycles = 0;      ///< the same, as if each actor started when those are done that it reads from
  std::optional<std::int64_t> latency;   ///< simulated cycles of the whole system, first input to last output
  std::optional<std::int64_t> interval;  ///< simulated cycles between results
  std::int64_t predicted_latency = 0;
  std::int64_t predicted_interval = 0;
  std::int64_t multipliers = 0;  ///< units that multiply
  std::int64_t adders = 0;
  std::int64_t units = 0;  ///< of all kinds
  std::int64_t register_bits = 0;
  std::int64_t memory_bits = 0;  ///< weights, scratch and buffers of channels
  double compile_seconds = 0;
  double peak_mb = 0;
  std::vector<ActorFigures> actors;

  /// MACs / (kernel cycles x multipliers); none without multipliers.
  [[nodiscard]] std::optional<double> efficiency() const;
  /// The fewest cycles that the multipliers built could take: MACs / multipliers, rounded up.
  [[nodiscard]] std::optional<std::int64_t> bound() const;
};

/// Of one `sluice synth`.
struct Cells {
  std::string target;
  double clock_ns = 0;
  std::map<std::string, double> counts;  ///< cells, area, luts, ffs, dsps, block_rams, worst_slack_ps;
                                         ///< of the accelerators alone: actors_area, actors_luts, actors_dsps
};

/// What came of one case.
struct Result {
  std::string suite;
  std::string subject;
  std::string configuration;
  std::string fingerprint;  ///< of binary, model and options
  std::string target;
  double clock_ns = 0;
  Outcome outcome = Outcome::failed;
  std::string message;  ///< why it is not verified
  std::string simulator;
  double seconds = 0;  ///< of the whole case, wall clock
  std::optional<Figures> figures;
  std::optional<Cells> cells;
  std::string synthesis_message;  ///< why there are no cells, though they were wanted

  [[nodiscard]] std::string name() const { return suite + "/" + subject + "/" + configuration; }
};

std::string json_text(const Result& result);
Expected<Result> parse_result(const std::string& text, const std::string& where);

/// The figures of a report.json that `sluice` wrote, and its latest synthesis if there is one.
Expected<Figures> figures_of_report(const std::string& text, const std::string& where);
std::optional<Cells> cells_of_report(const std::string& text);

}  // namespace sluice::bench
