#include <doctest/doctest.h>

#include "core/target/target.hpp"
#include "systemgen/characterize/measure_asic.hpp"
#include "systemgen/characterize/measure_fpga.hpp"
#include "systemgen/characterize/unit_case.hpp"
#include "tests/systemgen/support/liberty.hpp"

// Real measurements of a few units, and the targets that were made with them.

using namespace sluice;

namespace {

UnitCase unit_case(const std::string& unit, const std::string& type) {
  for (const auto& known : unit_cases()) {
    if (known.unit == unit && to_string(known.type) == type) return known;
  }
  FAIL("there is no case " << unit << " " << type);
  return {};
}

bool all(int) { return true; }

}  // namespace

TEST_CASE("every target has a segment for each stage of each unit") {
  for (const auto& name : Target::names()) {
    const Target target = Target::load(name).value();
    for (const auto& measured : unit_cases()) {
      CAPTURE(name);
      CAPTURE(measured.unit);
      const auto segments = target.figures(measured.unit, measured.type).segment_ps;
      CHECK(static_cast<int>(segments.size()) == cuts_of(measured).cuts + 1);
    }
  }
}

TEST_SUITE("slow") {
  TEST_CASE("standard cells: each stage takes longer than a bare register and wider units take more") {
    const auto path = test::liberty_to_test_with();
    if (path.empty()) return;
    const AsicLibrary library{path, read_liberty(path).value()};
    const auto measure = [&](const std::string& text) {
      const auto stages = measure_asic(text, library, all);
      REQUIRE_MESSAGE(stages, to_string(stages.errors()));
      return *stages;
    };
    const auto bare = measure(register_wrapper());
    const auto held = measure(held_register_wrapper());
    REQUIRE(bare.size() == 1);
    CHECK(bare[0].period_ps > 0);
    CHECK(bare[0].area == 0);
    CHECK(held[0].period_ps > bare[0].period_ps);
    CHECK(measure(multiplexer_wrapper(16))[0].period_ps > measure(multiplexer_wrapper(2))[0].period_ps);

    const auto narrow = unit_case("fp_add", "bf16");
    const auto wide = unit_case("fp_add", "f32");
    const auto few = measure(unit_text(narrow, {MultiplierForm::booth}) + wrapper(narrow, true));
    const auto many = measure(unit_text(wide, {MultiplierForm::booth}) + wrapper(wide, true));
    REQUIRE(static_cast<int>(few.size()) == cuts_of(narrow).cuts + 1);
    REQUIRE(few.size() == many.size());
    double narrow_area = 0;
    double wide_area = 0;
    for (std::size_t i = 0; i < few.size(); ++i) {
      CAPTURE(i);
      CHECK(few[i].period_ps > bare[0].period_ps);
      narrow_area += few[i].area;
      wide_area += many[i].area;
    }
    CHECK(wide_area > 1.5 * narrow_area);
  }

  TEST_CASE("FPGA families: products take hard multipliers and sums carry chains") {
    if (test::without_yosys()) return;
    for (const auto& family : families()) {
      CAPTURE(family.name);
      const auto fabric = load_fabric(family.name).value();
      const auto measure = [&](const UnitCase& measured) {
        const auto text = unit_text(measured, {}) + wrapper(measured, true);
        const auto stages = measure_fpga(text, family, fabric, std::chrono::minutes(10));
        REQUIRE_MESSAGE(stages, to_string(stages.errors()));
        return *stages;
      };
      for (const char* type : {"i8", "i16"}) {
        int dsps = 0;
        for (const auto& stage : measure(unit_case("int_mul", type))) dsps += stage.dsps;
        CHECK(dsps == 1);
      }
      const auto sum_ps = [&](const char* type) {
        double slowest = 0;
        for (const auto& stage : measure(unit_case("int_add", type))) slowest = std::max(slowest, stage.period_ps);
        return slowest;
      };
      const double short_ps = sum_ps("i8");
      const double long_ps = sum_ps("i48");
      CHECK(long_ps > short_ps);
      CHECK(long_ps < short_ps + 40 * (fabric.net_ps / 2.0));  // far from a level of logic for each bit
    }
  }
}
