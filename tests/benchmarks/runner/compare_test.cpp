#include "benchmarks/runner/compare.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using namespace sluice::bench;

namespace {

Result sample() {
  Result result{"layers", "fc", "O1", "0123", "xc7", 10, Outcome::verified};
  Figures figures;
  figures.kernel_cycles = 1000;
  figures.predicted_latency = 1500;
  figures.predicted_interval = 1400;
  figures.multipliers = 100;
  figures.units = 200;
  figures.register_bits = 5000;
  figures.memory_bits = 60000;
  result.figures = figures;
  result.cells = Cells{"xc7", 10, {{"luts", 300}, {"worst_slack_ps", 100}}};
  return result;
}

Baseline baseline() { return {{sample().name(), expectation_of(sample())}}; }

}  // namespace

TEST_CASE("a case is no worse than itself") {
  const auto comparison = compare({sample()}, baseline());
  CHECK(comparison.compared == 1);
  CHECK(comparison.worse.empty());
  CHECK(comparison.better.empty());
  CHECK(comparison.added.empty());
}

TEST_CASE("each figure that is compared is reported when it grows by more than 2%") {
  const auto grown = [](double factor) {
    std::vector<Result> results;
    for (int i = 0; i < 8; ++i) {
      Result result = sample();
      Figures& figures = *result.figures;
      std::int64_t* const values[]{
          &figures.kernel_cycles, &figures.predicted_latency, &figures.predicted_interval, &figures.multipliers,
          &figures.units,         &figures.register_bits,     &figures.memory_bits};
      if (i < 7) *values[i] = static_cast<std::int64_t>(static_cast<double>(*values[i]) * factor);
      if (i == 7) result.cells->counts["luts"] *= factor;
      results.push_back(result);
    }
    return results;
  };
  for (const auto& result : grown(1.03)) {
    const auto comparison = compare({result}, baseline());
    CHECK(comparison.worse.size() == 1);
    CHECK(comparison.better.empty());
  }
  for (const auto& result : grown(1.02)) CHECK(compare({result}, baseline()).worse.empty());
  for (const auto& result : grown(0.97)) {
    const auto comparison = compare({result}, baseline());
    CHECK(comparison.worse.empty());
    CHECK(comparison.better.size() == 1);
  }
  CHECK(compare({grown(1.03)[0]}, baseline()).worse[0] == "layers/fc/O1: cycles 1030, was 1000");
}

TEST_CASE("a design that can no longer be built or verified is worse") {
  for (const auto outcome : {Outcome::refused, Outcome::differs, Outcome::timed_out, Outcome::failed}) {
    Result result = sample();
    result.outcome = outcome;
    result.figures.reset();
    CHECK(compare({result}, baseline()).worse.size() == 1);
  }
  Baseline before = baseline();
  before.begin()->second = {Outcome::refused, {}};
  const auto comparison = compare({sample()}, before);
  CHECK(comparison.worse.empty());
  CHECK(comparison.better.size() == 1);
}

TEST_CASE("cells and cases that only one side has are not compared") {
  Result result = sample();
  result.cells.reset();
  CHECK(compare({result}, baseline()).worse.empty());
  result.subject = "other";
  const auto comparison = compare({result}, baseline());
  CHECK(comparison.compared == 0);
  CHECK(comparison.added == std::vector<std::string>{"layers/other/O1"});
}

TEST_CASE("slack and times are not compared") {
  const auto expectation = expectation_of(sample());
  CHECK(expectation.figures.size() == 8);
  CHECK(expectation.figures.contains("synth_luts"));
}

TEST_CASE("a baseline survives being written and read") {
  const test::TemporaryFolder place;
  const auto file = place.path() / "baseline.json";
  Baseline before = baseline();
  before["a/b/O2-\"4\""] = {Outcome::refused, {}};
  before["a/b/O1"] = {Outcome::compiled, {{"synth_area", 12.25}}};
  std::ofstream(file) << json_text(before);
  const auto again = read_baseline(file);
  REQUIRE(again.has_value());
  CHECK(*again == before);
  CHECK(!read_baseline(place.path() / "none.json").has_value());
}
