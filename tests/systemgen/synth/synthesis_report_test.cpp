#include "systemgen/synth/synthesis_report.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;

namespace {

Synthesis synthesis(const std::string& target, double area) {
  Synthesis result;
  result.target = target;
  result.area_unit = "um2";
  result.clock_ns = 2;
  result.total = {"top", 1, 100, area, std::nullopt, -12.5};
  result.modules = {{"actor", 2, 40, area / 3, std::nullopt, 30.0}};
  result.path_start = "a";
  result.path_end = "b";
  result.memories = {{{true, 32, 64}, 1}, {{false, 8, 16}, 2}};
  result.macro_bits = 2048;
  return result;
}

nlohmann::json read(const std::filesystem::path& folder) {
  std::ifstream file(folder / "report.json");
  return nlohmann::json::parse(file);
}

}  // namespace

TEST_CASE("a synthesis is added to the report, in the place of the last one for the same target") {
  const test::TemporaryFolder place;
  std::ofstream(place.path() / "report.json") << R"({"top": "top", "macs": 7})";
  REQUIRE(add_to_report(synthesis("one", 900), place.path()) == Diagnostics{});
  REQUIRE(add_to_report(synthesis("two", 800), place.path()) == Diagnostics{});
  REQUIRE(add_to_report(synthesis("one", 600), place.path()) == Diagnostics{});
  const auto report = read(place.path());
  CHECK(report["macs"] == 7);
  REQUIRE(report["synthesis"].size() == 2);
  CHECK(report["synthesis"][0]["target"] == "two");
  const auto& last = report["synthesis"][1];
  CHECK(last["area"] == 600);
  CHECK(last["worst_slack_ps"] == -12.5);
  CHECK(last["worst_path"]["end"] == "b");
  CHECK(last["memories_apart_bits"] == 2048);
  CHECK(last["memories"][0]["apart"] == false);
  CHECK(last["memories"][1]["apart"] == true);
  CHECK(last["modules"][0]["name"] == "actor");
  CHECK(last["modules"][0]["area"] == 200);
  CHECK(std::distance(std::filesystem::directory_iterator(place.path()), {}) == 1);
}

TEST_CASE("the table has a row for each module") {
  auto result = synthesis("one", 900);
  const auto text = to_table(result);
  for (const char* part : {"actor", "top", "900", "-12", "a -> b", "2048 bits"})
    CHECK(text.find(part) != std::string::npos);
  CHECK(text.find("DSPs") == std::string::npos);
  result.total.fpga = FpgaCells{.luts = 900, .dsps = 3};
  CHECK(to_table(result).find("DSPs") != std::string::npos);
}

TEST_CASE("a folder without a report can't take a synthesis") {
  const test::TemporaryFolder place;
  CHECK(!add_to_report(synthesis("one", 1), place.path()).empty());
  CHECK(!read_design(place.path()));
}
