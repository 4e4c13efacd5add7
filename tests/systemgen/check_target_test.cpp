#include "systemgen/check_target.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;

namespace {

/// What is said about the generic target after a change.
template <typename Change>
std::string said(const Change& change) {
  std::ifstream file(SLUICE_SOURCE_DIR "/core/target/data/generic.json");
  auto json = nlohmann::json::parse(file);
  change(json["units"]);
  const test::TemporaryFolder place;
  const auto path = place.path() / "changed.json";
  std::ofstream(path) << json;
  const auto target = Target::load(path.string());
  return target ? to_string(check_target(*target)) : to_string(target.errors());
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the targets that the program carries fit its units") {
  for (const auto& name : Target::names()) CHECK(to_string(check_target(Target::load(name).value())) == "");
}

TEST_CASE("a target with too many or too few segments or without a unit is refused") {
  CHECK(said([](auto&) {}) == "");
  CHECK(contains(said([](auto& units) { units["fp_mul"]["f32"]["segment_ps"].push_back(1); }),
                 "units.fp_mul: 9 segments at f32, where the unit has 8"));
  CHECK(contains(said([](auto& units) { units["fp_add"]["f32"]["segment_ps"].erase(0); }), "units.fp_add: 6 segments"));
  CHECK(contains(said([](auto& units) { units.erase("fp_add"); }), "units.fp_add: no figures for f32"));
  CHECK(contains(said([](auto& units) { units["fp_div"]["f32"]["segment_ps"][0]["rows_per_mantissa_bit"] = 3; }),
                 "at most 64 are possible"));
}
