#include "systemgen/characterize/characterize.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>

#include "core/target/target.hpp"
#include "core/target/target_reader.hpp"
#include "systemgen/characterize/fabric.hpp"
#include "systemgen/characterize/measurements.hpp"
#include "systemgen/characterize/unit_case.hpp"
#include "systemgen/synth/family.hpp"

using namespace sluice;

namespace {

CharacterizeOptions options() {
  CharacterizeOptions options;
  options.name = "made";
  options.description = "for a \"test\"";
  options.family = "asic";
  options.area_unit = "um2";
  options.clock_ns = 2;
  options.margin = 0.5;
  options.jobs = 2;
  return options;
}

/// Each stage takes as long as the text has lines, so that figures differ; a register alone takes 100 ps.
Expected<std::vector<StageFigures>> invented(const std::string& text, const std::function<bool(int)>&) {
  if (text.find("held_i_q;") != std::string::npos) return std::vector<StageFigures>{{120, 0, 0}};
  if (text.find("{4{a_i_q}}") != std::string::npos) return std::vector<StageFigures>{{100, 0, 0}};
  const double lines = static_cast<double>(std::count(text.begin(), text.end(), '\n'));
  std::uint64_t cuts = 0;
  if (const auto at = text.find("CUTS(64'h"); at != std::string::npos)
    cuts = std::stoull(text.substr(at + 9), nullptr, 16);
  return std::vector<StageFigures>(static_cast<std::size_t>(std::popcount(cuts)) + 1, {100 + lines, 2, 1});
}

}  // namespace

TEST_CASE("a target file that is made can be read, and describes every unit with as many segments as it has") {
  Progress silent(false);
  const auto text = characterize(options(), invented, silent);
  REQUIRE_MESSAGE(text, to_string(text.errors()));
  const auto data = read_target("made.json", *text);
  REQUIRE_MESSAGE(data, to_string(data.errors()));
  CHECK(data->register_ps == 180);
  CHECK(data->memory_read_ps == 720);
  CHECK(data->family == "asic");
  const Target target(*data);
  for (const auto& unit_case : unit_cases()) {
    CAPTURE(unit_case.unit);
    CHECK_NOTHROW((void)target.figures(unit_case.unit, unit_case.type));
  }
}

TEST_CASE("rows are counted by the mantissa, in the units' own words") {
  for (const auto& unit_case : unit_cases()) {
    const auto cuts = cuts_of(unit_case);
    CAPTURE(unit_case.unit);
    CHECK((cuts.rows > 0) == (unit_case.unit == "fp_div" || unit_case.unit == "fp_sqrt"));
    if (cuts.rows > 0) CHECK(cuts.rows == unit_case.type.format().mantissa_bits + cuts.more_rows);
    CHECK(cuts.rows <= cuts.cuts);
    CHECK(is_wanted(cuts, 0));
    CHECK(is_wanted(cuts, cuts.cuts));
  }
}

TEST_CASE("an error of a measurement names what was measured") {
  Progress silent(false);
  const auto failing = [](const std::string&, const std::function<bool(int)>&) -> Expected<std::vector<StageFigures>> {
    return Diagnostic{"tool", "broke", ""};
  };
  const auto text = characterize(options(), failing, silent);
  REQUIRE(!text);
  CHECK(to_string(text.errors()).find("tool: broke") != std::string::npos);
}

TEST_CASE("a unit that has other stages than its file says is an error") {
  Progress silent(false);
  const auto one = [](const std::string&, const std::function<bool(int)>&) -> Expected<std::vector<StageFigures>> {
    return std::vector<StageFigures>(1);
  };
  const auto text = characterize(options(), one, silent);
  REQUIRE(!text);
  CHECK(to_string(text.errors()).find("has 1 stages where its file says") != std::string::npos);
}

TEST_CASE("every family has a fabric with delays for its cells") {
  for (const auto& family : families()) {
    const auto fabric = load_fabric(family.name);
    REQUIRE_MESSAGE(fabric, to_string(fabric.errors()));
    CHECK(fabric->family == family.name);
    CHECK(fabric->net_ps > 0);
    for (const auto& kind : family.kinds) {
      if (kind.each.dsps > 0 || kind.each.carries > 0) CHECK(fabric->find(kind.prefix) != nullptr);
    }
  }
  CHECK(!load_fabric("none"));
}
