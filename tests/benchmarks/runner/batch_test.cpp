#include "benchmarks/runner/batch.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "benchmarks/runner/files.hpp"
#include "benchmarks/suites/operators.hpp"
#include "systemgen/synth/tool.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using namespace sluice::bench;

namespace fs = std::filesystem;

namespace {

/// Stands in for `sluice`: a script that notes each start in `calls`, and ends as the model's name says.
class StandIn {
 public:
  StandIn() {
    std::ofstream script(program());
    script << "#!/bin/sh\n"
           << "echo \"$@\" >> '" << (place_.path() / "calls").string() << "'\n"
           << R"(case "$1" in
  *refused*) echo "conv1: cannot be built"; exit 1;;
  *broken*) exit 139;;
  *internal*) echo "sluice: internal error: oops"; exit 1;;
  *slow*) sleep 60;;
  synth) case "$2" in *laborious*) sleep 60;; esac
         sed -i 's/"macs"/"synthesis": [{"target": "xc7", "clock_ns": 10, "cells": 7}], "macs"/' "$2/report.json"; exit 0;;
esac
mkdir -p "$3"
echo '{"macs": 64, "buffer_bits": 0, "seconds": {}, "peak_rss_mb": 1,
  "cycles": {"latency": 90, "interval": 80, "predicted_latency": 90, "predicted_interval": 80},
  "actors": [{"name": "a", "kernel": "Conv", "macs": 64, "cycles": 64, "stage": 0, "reads_from": [], "ii": 1, "register_bits": 1, "memory_bits": 1,
              "units": {"fp_mul": 1}}]}' > "$3/report.json"
case "$*" in *different*--verify*) echo "y: 3 bits differ"; exit 3;; esac
)";
    script.close();
    fs::permissions(program(), fs::perms::owner_all);
  }

  [[nodiscard]] fs::path program() const { return place_.path() / "sluice"; }

  [[nodiscard]] BatchOptions options() const {
    BatchOptions batch;
    batch.cases.sluice = program();
    batch.cases.sluice_digest = "1";
    batch.cases.out = place_.path() / "out";
    batch.cases.timeout = std::chrono::seconds(2);
    batch.jobs = 3;
    return batch;
  }

  /// How often the program was started since the last time this was asked.
  std::size_t calls() {
    std::ifstream file(place_.path() / "calls");
    std::size_t count = 0;
    for (std::string line; std::getline(file, line);) ++count;
    const std::size_t fresh = count - seen_;
    seen_ = count;
    return fresh;
  }

 private:
  test::TemporaryFolder place_;
  std::size_t seen_ = 0;
};

Case job(const std::string& name, const Configuration& configuration = {}) {
  return {"suite", {name, [] { return dense(4, 2); }, {}, {}, {configuration}, {}}, configuration};
}

std::vector<Result> results_of(const std::vector<Case>& cases, const BatchOptions& options) {
  auto results = run_batch(cases, options);
  REQUIRE_MESSAGE(results.has_value(), to_string(results.errors()));
  return std::move(*results);
}

}  // namespace

TEST_CASE("the end of the program says how a case ended") {
  const StandIn stand_in;
  const auto results = results_of(
      {job("fine"), job("refused"), job("broken"), job("internal"), job("different"), job("slow")}, stand_in.options());
  CHECK(results[0].outcome == Outcome::verified);
  CHECK(results[0].figures->kernel_cycles == 64);
  CHECK(results[1].outcome == Outcome::refused);
  CHECK(results[1].message == "conv1: cannot be built\n");
  CHECK(results[2].outcome == Outcome::failed);
  CHECK(results[3].outcome == Outcome::failed);
  CHECK(results[4].outcome == Outcome::differs);
  CHECK(results[4].figures);
  CHECK(results[5].outcome == Outcome::timed_out);
}

TEST_CASE("what is done is not run again but what failed is") {
  StandIn stand_in;
  const std::vector<Case> cases{job("fine"), job("refused"), job("different"), job("fine", {2, 16})};
  results_of(cases, stand_in.options());
  CHECK(stand_in.calls() == 7);
  const auto again = results_of(cases, stand_in.options());
  CHECK(stand_in.calls() == 0);
  CHECK(again[3].configuration == "O2-16");
  results_of({job("broken")}, stand_in.options());
  results_of({job("broken")}, stand_in.options());
  CHECK(stand_in.calls() == 2);
  auto fresh = stand_in.options();
  fresh.fresh = true;
  results_of({job("fine")}, fresh);
  CHECK(stand_in.calls() == 2);
}

TEST_CASE("another program, model or option makes a case undone") {
  StandIn stand_in;
  results_of({job("fine")}, stand_in.options());
  stand_in.calls();
  auto options = stand_in.options();
  options.cases.sluice_digest = "2";
  results_of({job("fine")}, options);
  CHECK(stand_in.calls() == 2);
  options.cases.clock_ns = 5;
  results_of({job("fine")}, options);
  CHECK(stand_in.calls() == 2);
  options.cases.target = "asap7";
  results_of({job("fine")}, options);
  CHECK(stand_in.calls() == 2);
  Case other = job("fine");
  other.subject.make = [] { return dense(4, 3); };
  results_of({other}, options);
  CHECK(stand_in.calls() == 2);
  results_of({other}, options);
  CHECK(stand_in.calls() == 0);
}

TEST_CASE("an interrupted run leaves no half result, and the next one goes on") {
  StandIn stand_in;
  const auto options = stand_in.options();
  const auto file = result_file(options.cases.out, "suite/fine/O1");
  results_of({job("fine")}, options);
  stand_in.calls();
  const std::string whole = *read_text(file);
  REQUIRE(write_text(file, whole.substr(0, whole.size() / 2)).empty());
  results_of({job("fine"), job("other")}, options);
  CHECK(stand_in.calls() == 4);
  CHECK(*read_text(file) != whole.substr(0, whole.size() / 2));
  CHECK(read_results(options.cases.out)->size() == 2);
}

TEST_CASE("synthesis is added where it is wanted, without a new simulation") {
  StandIn stand_in;
  auto options = stand_in.options();
  const auto simulated = results_of({job("fine")}, options);
  CHECK(!simulated[0].cells);
  stand_in.calls();
  options.cases.synthesise = true;
  const auto results = results_of({job("fine")}, options);
  CHECK(stand_in.calls() == 2);
  CHECK(results[0].seconds == simulated[0].seconds);
  REQUIRE(results[0].cells);
  CHECK(results[0].cells->counts.at("cells") == 7);
  CHECK(results[0].outcome == Outcome::verified);
  results_of({job("fine")}, options);
  options.cases.synthesise = false;
  CHECK(results_of({job("fine")}, options)[0].cells);
  CHECK(stand_in.calls() == 0);
}

TEST_CASE("a synthesis that takes too long is said and leaves the case as good as it is") {
  StandIn stand_in;
  auto options = stand_in.options();
  options.cases.synthesise = true;
  options.cases.synthesis_timeout = std::chrono::seconds(1);
  const auto results = results_of({job("laborious")}, options);
  CHECK(results[0].outcome == Outcome::verified);
  CHECK(results[0].message.empty());
  CHECK(!results[0].cells);
  CHECK(results[0].synthesis_message == "did not end within 1 s");
  CHECK(stand_in.calls() == 3);
  results_of({job("laborious")}, options);
  CHECK(stand_in.calls() == 0);
}

TEST_CASE("a subject may have a target and a clock of its own") {
  StandIn stand_in;
  auto options = stand_in.options();
  Case own = job("fine");
  own.subject.target = "asap7";
  own.subject.clock_ns = 1;
  const auto result = results_of({own}, options)[0];
  CHECK(result.target == "asap7");
  CHECK(result.clock_ns == 1);
  stand_in.calls();
  options.cases.target = "ecp5";
  options.cases.clock_ns = 5;
  results_of({own}, options);
  CHECK(stand_in.calls() == 0);
  CHECK(results_of({job("fine")}, options)[0].target == "ecp5");
}

TEST_CASE("designs that take too long are only compiled and the faster simulator is taken") {
  const StandIn stand_in;
  auto options = stand_in.options();
  options.cases.most_cycles = 100;
  const auto results = results_of({job("fine")}, options);
  CHECK(results[0].outcome == Outcome::compiled);
  CHECK(results[0].message.find("180 cycles are more than 100") != std::string::npos);
  CHECK(faster_simulator(1000, 1) == "icarus");
  CHECK(faster_simulator(1000, 256) == "icarus");
  CHECK(faster_simulator(1000000, 1) == "verilator");
  CHECK(faster_simulator(100000, 256) == "verilator");
}

TEST_CASE("progress is told once for each case, and whether it was done before") {
  const StandIn stand_in;
  auto options = stand_in.options();
  std::set<std::size_t> counts;
  int before = 0;
  options.progress = [&](std::size_t done, const Result&, bool earlier) {
    CHECK(counts.insert(done).second);
    before += earlier ? 1 : 0;
  };
  results_of({job("fine")}, options);
  counts.clear();
  results_of({job("fine"), job("a"), job("b"), job("refused")}, options);
  CHECK(counts == std::set<std::size_t>{1, 2, 3, 4});
  CHECK(before == 1);
}

TEST_CASE("cases are selected by suite, by filter, and by the fast subset") {
  Selection selection;
  selection.suites = {"polybench"};
  const auto all = select_cases(selection);
  selection.filter = std::regex("gemm_4/O[01]");
  const auto filtered = select_cases(selection);
  REQUIRE(filtered.size() == 2);
  CHECK(filtered[1].name() == "polybench/gemm_4/O1");
  selection.filter.reset();
  selection.fast = true;
  const auto fast = select_cases(selection);
  CHECK(!fast.empty());
  CHECK(fast.size() < all.size());
  for (const auto& one : fast) CHECK(one.fast);
}

TEST_CASE("a digest differs where texts differ") {
  CHECK(digest("") == "cbf29ce484222325");
  CHECK(digest("a") == "af63dc4c8601ec8c");
  CHECK(digest("ab") != digest("ba"));
}
