#include "benchmarks/runner/result.hpp"

#include <doctest/doctest.h>

using namespace sluice::bench;

namespace {

constexpr const char* kReport = R"({
  "macs": 1000, "buffer_bits": 320,
  "cycles": {"latency": 900, "interval": null, "predicted_latency": 901, "predicted_interval": 800},
  "actors": [
    {"name": "a", "kernel": "Conv", "macs": 1000, "cycles": 500, "stage": 0, "reads_from": [], "ii": 1, "register_bits": 64, "memory_bits": 1024, "efficiency_bound": 0.75,
     "units": {"fp_mul": 2, "int_mul": 1, "fp_add": 3, "int_add": 1, "fp_convert": 5}},
    {"name": "b", "kernel": "Relu", "macs": 0, "cycles": 100, "stage": 1, "reads_from": [], "ii": 2, "register_bits": 6, "memory_bits": 0, "efficiency_bound": null,
     "units": {"fp_compare": 1}}],
  "seconds": {"import": 0.25, "schedule": 0.5}, "peak_rss_mb": 20.5,
  "synthesis": [{"target": "generic", "clock_ns": 5, "cells": 1},
                {"target": "xc7", "clock_ns": 10, "cells": 900, "luts": 700, "dsps": 2, "modules": [
      {"name": "a", "instances": 1, "luts": 300, "dsps": 2}, {"name": "b", "instances": 2, "luts": 50, "dsps": 0}]}]
})";

}  // namespace

TEST_CASE("figures are taken from a report") {
  const auto figures = figures_of_report(kReport, "here");
  REQUIRE(figures.has_value());
  CHECK(figures->macs == 1000);
  CHECK(figures->kernel_cycles == 600);
  CHECK(figures->latency == 900);
  CHECK(!figures->interval);
  CHECK(figures->predicted_latency == 901);
  CHECK(figures->predicted_interval == 800);
  CHECK(figures->multipliers == 3);
  CHECK(figures->adders == 4);
  CHECK(figures->units == 13);
  CHECK(figures->register_bits == 70);
  CHECK(figures->memory_bits == 1344);
  CHECK(figures->compile_seconds == 0.75);
  CHECK(figures->peak_mb == 20.5);
  REQUIRE(figures->actors.size() == 2);
  CHECK(figures->actors[0].multipliers == 3);
  CHECK(figures->actors[0].efficiency_bound == 0.75);
  CHECK(figures->actors[1].cycles == 100);
  CHECK(figures->actors[1].efficiency_bound == 1);
  CHECK(*figures->efficiency() == doctest::Approx(1000.0 / 1800));
  CHECK(figures->bound() == 334);
}

TEST_CASE("actors that do not read from each other are counted at the same time") {
  const std::string reads = R"("reads_from": [], "ii": 2)";
  std::string text = kReport;
  CHECK(figures_of_report(text, "")->critical_cycles == 500);
  text.replace(text.find(reads), reads.size(), R"("reads_from": ["a"], "ii": 2)");
  CHECK(figures_of_report(text, "")->critical_cycles == 600);
}

TEST_CASE("of actors in one stage the slowest counts") {
  const std::string stage = R"("stage": 1)";
  std::string text = kReport;
  text.replace(text.find(stage), stage.size(), R"("stage": 0)");
  CHECK(figures_of_report(text, "")->kernel_cycles == 500);
}

TEST_CASE("cells are those of the latest synthesis") {
  const auto cells = cells_of_report(kReport);
  REQUIRE(cells);
  CHECK(cells->target == "xc7");
  CHECK(cells->counts == std::map<std::string, double>{
                             {"cells", 900}, {"luts", 700}, {"dsps", 2}, {"actors_luts", 400}, {"actors_dsps", 2}});
  CHECK(!cells_of_report("{}"));
}

TEST_CASE("a report that lacks something is refused with its name") {
  const auto figures = figures_of_report(R"({"macs": 3})", "x/report.json");
  REQUIRE(!figures.has_value());
  CHECK(figures.errors()[0].where == "x/report.json");
  CHECK(figures.errors()[0].what.find("cycles") != std::string::npos);
}

TEST_CASE("a result survives being written and read") {
  for (const auto outcome : {Outcome::verified, Outcome::compiled, Outcome::refused, Outcome::differs,
                             Outcome::timed_out, Outcome::failed}) {
    Result result{"layers", "fc", "O2-4", "0123", "xc7", 10, outcome, "why", "icarus", 1.5};
    result.figures = *figures_of_report(kReport, "");
    result.cells = cells_of_report(kReport);
    result.synthesis_message = "because";
    const std::string text = json_text(result);
    const auto again = parse_result(text, "");
    REQUIRE(again.has_value());
    CHECK(again->outcome == outcome);
    CHECK(again->name() == "layers/fc/O2-4");
    CHECK(again->figures->actors.size() == 2);
    CHECK(json_text(*again) == text);
  }
}

TEST_CASE("half a result is no result") {
  const Result result{"layers", "fc", "O1", "0123", "xc7", 10};
  const std::string text = json_text(result);
  for (std::size_t length = 0; length + 2 < text.size(); length += 7) {
    CHECK(!parse_result(text.substr(0, length), "file").has_value());
  }
}
