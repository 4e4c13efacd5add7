#include "systemgen/cli/synth.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "systemgen/verify/process.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;
using test::run_sluice;

namespace {

const std::string kDigits = test::source_file("examples/digits/model.onnx").string();

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

nlohmann::json last_synthesis(const std::filesystem::path& folder) {
  std::ifstream file(folder / "report.json");
  return nlohmann::json::parse(file)["synthesis"].back();
}

/// Cells to test with: $SLUICE_LIBERTY, else the smallest Liberty file beside the folder of models; empty if there is
/// none.
std::string liberty_file() {
  if (const char* path = std::getenv("SLUICE_LIBERTY")) return path;
  std::string found;
  const auto models = test::models_folder();
  const auto folder = models ? models->parent_path() / "lib" : std::filesystem::path();
  if (!std::filesystem::is_directory(folder)) return found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".lib") continue;
    if (found.empty() || entry.file_size() < std::filesystem::file_size(found)) found = entry.path().string();
  }
  return found;
}

}  // namespace

TEST_CASE("synth: help ends with 0, wrong usage with 2, what can't be done with 1 and one clear message") {
  const test::TemporaryFolder place;
  const auto help = run_sluice({"synth", "--help"}, place.path());
  CHECK(help.exit_code == 0);
  for (const char* option : {"DIR", "--target", "--liberty", "--clock", "--top", "--actor", "--quiet"}) {
    CHECK_MESSAGE(contains(help.output, option), option);
  }
  CHECK(run_sluice({"synth"}, place.path()).exit_code == 2);
  CHECK(run_sluice({"synth", "out", "--clock", "0"}, place.path()).exit_code == 2);
  CHECK(contains(run_sluice({"--help"}, place.path()).output, "sluice synth"));

  const auto refused = [&](std::vector<std::string> arguments, const std::string& part) {
    arguments.insert(arguments.begin(), "synth");
    const auto result = run_sluice(arguments, place.path());
    CHECK(result.exit_code == 1);
    CHECK_MESSAGE(contains(result.output, part), result.output);
  };
  refused({"nowhere"}, "nowhere: is not a folder that Sluice wrote");
  REQUIRE(run_sluice({kDigits, "-o", "out", "--stop-after", "rtl"}, place.path()).exit_code == 0);
  refused({"out", "--target", "nowhere"}, "is neither a known target");
  refused({"out", "--actor", "conv9"}, "conv9: is not a module of the design (there are conv1,");
  std::ofstream(place.path() / "bare.json") << R"({"name": "bare", "default_clock_ns": 5, "area_unit": "a",
    "register_ps": 1, "multiplexer": {"base_ps": 1, "ps_for_each_doubling": 1}, "memory": {"read_ps": 1, "setup_ps": 1},
    "units": {}})";
  refused({"out", "--target", "bare.json"}, "bare: the target does not say what it is synthesized for");
}

TEST_CASE("synth: an actor of the digits example on an FPGA") {
  if (!program_exists("yosys")) {
    MESSAGE("skipped: yosys is not installed");
    return;
  }
  const test::TemporaryFolder place;
  REQUIRE(run_sluice({kDigits, "-o", "out dir", "--stop-after", "rtl"}, place.path()).exit_code == 0);
  const auto result = run_sluice({"synth", "out dir", "--actor", "dense1"}, place.path());
  REQUIRE_MESSAGE(result.exit_code == 0, result.output);
  CHECK(contains(result.output, "dense1"));
  const auto synthesis = last_synthesis(place.path() / "out dir");
  CHECK(synthesis["top"] == "dense1");
  CHECK(synthesis["dsps"] == 2);        // a float32 product
  CHECK(synthesis["block_rams"] == 2);  // 2048 weights of 32 bits
  CHECK(synthesis["memories_apart_bits"] == 65536);
  CHECK(synthesis["luts"].get<int>() < 1500);
}

TEST_SUITE("slow") {
  TEST_CASE("synth: the digits example in standard cells: areas and slacks of all actors") {
    const auto liberty = liberty_file();
    if (!program_exists("yosys") || !program_exists("sta") || liberty.empty()) {
      MESSAGE("skipped: needs yosys and OpenSTA and a Liberty file in SLUICE_LIBERTY");
      return;
    }
    const test::TemporaryFolder place;
    std::ifstream generic(test::source_file("core/target/data/generic.json"));
    auto target = nlohmann::json::parse(generic);
    target["family"] = "asic";
    std::ofstream(place.path() / "cells.json") << target;
    REQUIRE(
        run_sluice({kDigits, "-o", "out", "--stop-after", "rtl", "--target", "cells.json"}, place.path()).exit_code ==
        0);
    const auto result = run_sluice({"synth", "out", "--target", "cells.json", "--liberty", liberty}, place.path());
    REQUIRE_MESSAGE(result.exit_code == 0, result.output);
    const auto synthesis = last_synthesis(place.path() / "out");
    CHECK(synthesis["modules"].size() == 6);
    double actors = 0;
    for (const auto& module : synthesis["modules"]) {
      CHECK(module["area"] > 0);
      CHECK(module.contains("worst_slack_ps"));
      CHECK(module["worst_slack_ps"].get<double>() >= synthesis["worst_slack_ps"].get<double>());
      actors += module["area"].get<double>();
    }
    CHECK(synthesis["area"].get<double>() > actors);
    CHECK(synthesis["memories_apart_bits"] > 100000);
    CHECK(synthesis["worst_path"]["end"] != "");
  }
}
