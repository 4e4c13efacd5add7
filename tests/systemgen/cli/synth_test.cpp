#include "systemgen/cli/synth.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/target/device.hpp"
#include "core/target/target.hpp"
#include "tests/systemgen/support/command.hpp"
#include "tests/systemgen/support/liberty.hpp"
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
  std::ifstream generic(test::source_file("core/target/data/generic.json"));
  auto other = nlohmann::json::parse(generic);
  other["name"] = "other";
  std::ofstream(place.path() / "other.json") << other;
  std::ofstream(place.path() / "bare.json") << R"({"name": "bare", "default_clock_ns": 5, "area_unit": "a",
    "register_ps": 1, "multiplexer": {"base_ps": 1, "ps_for_each_doubling": 1}, "memory": {"read_ps": 1, "setup_ps": 1},
    "units": {}})";
  REQUIRE(
      run_sluice({kDigits, "-o", "other", "--stop-after", "rtl", "--target", "other.json"}, place.path()).exit_code ==
      0);
  refused({"other"}, "was made for target other, which is not built in (give its file with --target)");
  refused({"out", "--target", "bare.json"}, "bare: the target does not say what it is synthesized for");
}

TEST_CASE("synth: an actor of the digits example on an FPGA") {
  if (test::without_yosys()) return;
  const test::TemporaryFolder place;
  REQUIRE(run_sluice({kDigits, "-o", "out dir", "--stop-after", "rtl"}, place.path()).exit_code == 0);
  const auto result = run_sluice({"synth", "out dir", "--actor", "dense1"}, place.path());
  REQUIRE_MESSAGE(result.exit_code == 0, result.output);
  CHECK(contains(result.output, "dense1"));
  const auto synthesis = last_synthesis(place.path() / "out dir");
  CHECK(synthesis["top"] == "dense1");
  CHECK(synthesis["dsps"] == 2);                               // a float32 product
  CHECK(synthesis["block_rams"] == 2);                         // 2048 weights of 32 bits
  CHECK(synthesis["memories_apart_bits"] == 65536 + 32 * 35);  // and 32 sums, kept from row to row
  CHECK(synthesis["luts"].get<int>() < 1500);
}

TEST_CASE("the digits example can be built for every target at its default clock") {
  const test::TemporaryFolder place;
  for (const auto& target : Target::names()) {
    if (load_device(target).value()) continue;  // a part may be too small
    const auto result = run_sluice({kDigits, "-o", "out", "--stop-after", "rtl", "--target", target}, place.path());
    CHECK_MESSAGE(result.exit_code == 0, target, ": ", result.output);
  }
}

TEST_SUITE("slow") {
  TEST_CASE("synth: the digits example in standard cells: areas and slacks of all actors") {
    const auto liberty = test::liberty_to_test_with();
    if (liberty.empty()) return;
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

  TEST_CASE("synth: an actor that is scheduled with a library's figures closes timing at the default clock") {
    for (const std::string target : {"sg13g2", "asap7"}) {
      CAPTURE(target);
      const auto liberty = test::liberty_of(target);
      if (liberty.empty()) continue;
      const test::TemporaryFolder place;
      for (const char* level : {"-O0", "-O1"}) {
        CAPTURE(level);
        REQUIRE(run_sluice({kDigits, level, "-o", "out", "--stop-after", "rtl", "--target", target}, place.path())
                    .exit_code == 0);
        for (const char* actor : {"conv1", "dense1", "pool1"}) {
          CAPTURE(actor);
          const auto result = run_sluice({"synth", "out", "--actor", actor, "--liberty", liberty}, place.path());
          REQUIRE_MESSAGE(result.exit_code == 0, result.output);
          CHECK(last_synthesis(place.path() / "out")["worst_slack_ps"].get<double>() >= 0);
        }
      }
    }
  }
}
