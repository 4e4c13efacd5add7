#include <doctest/doctest.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/indexed_models.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

// The models that must work first, from the command line down to simulated Verilog, on all their data sets.

using namespace sluice;
using test::IndexedModel;

namespace {

constexpr double kCompileSeconds = 2;
constexpr double kBusyMachine = 4;  // times as slow as an idle one
constexpr double kMegabytes = 500;
constexpr double kEfficiency = 0.97;
constexpr std::int64_t kEnoughMacs = 10000;  // for filling and draining not to count

double compile_seconds(const nlohmann::json& report) {
  double seconds = 0;
  for (const char* stage : {"import", "optimise", "schedule", "bind", "rtl"})
    seconds += report["seconds"][stage].get<double>();
  return seconds;
}

/// The simulated latency is the predicted one, so these are simulated cycles.
void check_actors(const nlohmann::json& actors) {
  for (const auto& actor : actors) {
    const auto macs = actor["macs"].get<double>();
    if (macs < kEnoughMacs) continue;
    CAPTURE(actor["name"].get<std::string>());
    CHECK(actor["units"]["fp_mul"] == 1);
    CHECK(macs >= kEfficiency * actor["cycles"].get<double>());
  }
}

void check_report(const nlohmann::json& report, const IndexedModel& model) {
  const auto& cycles = report["cycles"];
  const auto& verify = report["verify"];
  CHECK(verify["frames"] == model.files.data_sets.size());
  CHECK(verify["mismatches"] == 0);
  CHECK(cycles["latency"] == cycles["predicted_latency"]);
  if (model.files.data_sets.size() > 1) CHECK(cycles["interval"] == cycles["predicted_interval"]);
  CHECK(report["macs"] == model.macs);
  const auto latency = cycles["latency"].get<std::int64_t>();
  check_actors(report["actors"]);
  const double seconds = compile_seconds(report);
  const double megabytes = report["peak_rss_mb"].get<double>();
  CHECK(seconds < kCompileSeconds * kBusyMachine);
  CHECK(megabytes < kMegabytes);
  MESSAGE(model.files.name, ": built in ", seconds, " s with ", megabytes, " MB; ",
          static_cast<double>(latency) / static_cast<double>(model.macs), " cycles per MAC; largest error ",
          verify["max_abs_error"].dump());
}

void check_model(const IndexedModel& model) {
  CAPTURE(model.files.name);
  const test::TemporaryFolder place;
  const auto result = test::run_sluice(
      {model.files.model.string(), "-o", "out", "--verify", "--inputs", model.files.model.parent_path().string(),
       "--simulator", "verilator", "--rtol", "1e-4", "--atol", "1e-5", "--quiet"},
      place.path());
  CHECK_MESSAGE(result.exit_code == 0, result.output);
  CHECK(result.output == "");
  std::ifstream file(place.path() / "out" / "report.json");
  if (result.exit_code == 0) check_report(nlohmann::json::parse(file), model);
}

/// The same network with many lanes.
void check_parallel(const IndexedModel& model, std::int64_t multipliers) {
  CAPTURE(model.files.name);
  const test::TemporaryFolder place;
  const auto result =
      test::run_sluice({model.files.model.string(), "-o", "out", "--verify", "--inputs",
                        model.files.model.parent_path().string(), "--simulator", "verilator", "--rtol", "1e-4",
                        "--atol", "1e-5", "--quiet", "-O2", "--multipliers", std::to_string(multipliers)},
                       place.path());
  CHECK_MESSAGE(result.exit_code == 0, result.output);
  std::ifstream file(place.path() / "out" / "report.json");
  if (result.exit_code != 0) return;
  const auto report = nlohmann::json::parse(file);
  CHECK(report["cycles"]["latency"] == report["cycles"]["predicted_latency"]);
  CHECK(report["multipliers"] <= multipliers);
  const double seconds = compile_seconds(report);
  CHECK(seconds < kCompileSeconds * kBusyMachine);
  MESSAGE(model.files.name, ": ", report["cycles"]["latency"].dump(), " cycles with ", report["multipliers"].dump(),
          " multipliers, built in ", seconds, " s");
}

/// Those with at least `from` and fewer than `to` MACs.
void check_models(std::int64_t from, std::int64_t to) {
  for (const auto& model : test::models_tagged("first")) {
    if (from <= model.macs && model.macs < to) check_model(model);
  }
}

}  // namespace

TEST_CASE("the first models below a million MACs agree with ONNX Runtime in hardware") { check_models(0, 1'000'000); }

TEST_SUITE("slow") {
  TEST_CASE("the first models from a million to five million MACs agree with ONNX Runtime in hardware") {
    check_models(1'000'000, 5'000'000);
  }

  TEST_CASE("the first models from five million MACs on agree with ONNX Runtime in hardware") {
    check_models(5'000'000, std::numeric_limits<std::int64_t>::max());
  }

  TEST_CASE("the first and the tiny models agree with ONNX Runtime with 64 multipliers") {
    for (const char* tag : {"first", "tiny"}) {
      for (const auto& model : test::models_tagged(tag)) check_parallel(model, 64);
    }
  }
}
