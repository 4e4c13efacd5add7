#include "core/target/target.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <filesystem>
#include <fstream>

#include "core/target/target_reader.hpp"

using namespace sluice;

namespace {

constexpr auto kF32 = ScalarType::floating(kFloat32);
constexpr auto kBf16 = ScalarType::floating(kBfloat16);

Target generic() { return Target::load("generic").value(); }

/// A target with one unit "u", written from its types' object.
std::string target_text(const std::string& types) {
  return R"({"name": "t", "default_clock_ns": 5, "area_unit": "cell", "register_ps": 100,
             "multiplexer": {"base_ps": 50, "ps_for_each_doubling": 30}, "memory": {"read_ps": 7, "setup_ps": 8},
             "units": {"u": )" +
         types + "}}";
}

Target target_with(const std::string& types) { return Target(read_target("t.json", target_text(types)).value()); }

}  // namespace

TEST_CASE("the generic target makes float32 sums and products at 100 MHz with one register") {
  const Target target = generic();
  const int budget_ps = static_cast<int>(target.default_clock_ns() * 1000) - target.register_ps();
  CHECK(target.timing("fp_add", kF32, budget_ps).latency == 1);
  CHECK(target.timing("fp_mul", kF32, budget_ps).latency == 1);
  CHECK(target.timing("int_add", ScalarType::signed_integer(32), budget_ps).latency == 0);
  CHECK(target.timing("int_mul", ScalarType::signed_integer(8), budget_ps).latency == 0);
}

TEST_CASE("every target describes every unit") {
  for (const auto& name : Target::names()) {
    CAPTURE(name);
    const Target target = Target::load(name).value();
    CHECK(target.name() == name);
    for (const auto* unit :
         {"fp_add", "fp_mul", "fp_div", "fp_sqrt", "fp_cmp", "fp_minmax", "fp_from_int", "fp_to_int", "fp_convert"}) {
      for (const auto format : {kBfloat16, kFloat16, kFloat32, kFloat64, FloatFormat{4, 3}, FloatFormat{8, 27}}) {
        const auto figures = target.figures(unit, ScalarType::floating(format));
        CHECK(!figures.segment_ps.empty());
        CHECK(figures.segment_ps.size() <= 64);
        CHECK(figures.area > 0);
      }
    }
    for (const auto* unit : {"int_add", "int_mul", "int_cmp", "int_minmax", "shift", "logic"}) {
      for (const int width : {1, 7, 8, 18, 33, 64}) {
        CHECK(target.figures(unit, ScalarType::unsigned_integer(width)).segment_ps.size() >= 1);
      }
    }
  }
}

TEST_CASE("figures come from the smallest type that is wide enough, or scale up from the widest") {
  const Target target =
      target_with(R"({"i8": {"segment_ps": [10], "area": 1}, "i32": {"segment_ps": [40], "area": 5, "dsp": 1},
                                        "i16": {"segment_ps": [20], "area": 2}, "f16": {"segment_ps": [1], "area": 1},
                                        "bf16": {"segment_ps": [2], "area": 1}, "f32": {"segment_ps": [3], "area": 1}})");
  const auto integer = [&](int width) { return target.figures("u", ScalarType::signed_integer(width)); };
  CHECK(integer(1).segment_ps == std::vector{10});
  CHECK(integer(9).segment_ps == std::vector{20});
  CHECK(integer(17).segment_ps == std::vector{40});
  CHECK(integer(48).segment_ps == std::vector{60});
  CHECK(integer(48).area == 7.5);
  CHECK(integer(48).dsp == 2);
  CHECK(target.figures("u", kBf16).segment_ps == std::vector{2});
  CHECK(target.figures("u", ScalarType::floating({6, 9})).segment_ps == std::vector{3});
  CHECK(target.figures("u", ScalarType::floating({4, 3})).segment_ps.size() == 1);
}

TEST_CASE("the rows of a recurrence follow the mantissa") {
  const Target target = target_with(
      R"({"f32": {"segment_ps": [5, {"ps": 7, "rows_per_mantissa_bit": 1, "more_rows": 2}, 9], "area": 1}})");
  CHECK(target.figures("u", ScalarType::floating({5, 2})).segment_ps == std::vector{5, 7, 7, 7, 7, 9});
  CHECK(target.figures("u", kF32).segment_ps.size() == 27);
}

TEST_CASE("a unit or a kind of type that is not there is out of range") {
  const Target target = target_with(R"({"i8": {"segment_ps": [10], "area": 1}})");
  CHECK_THROWS_AS((void)target.figures("v", kF32), std::out_of_range);
  CHECK_THROWS_AS((void)target.figures("u", kF32), std::out_of_range);
}

TEST_CASE("fewest cuts, then the shortest longest stage") {
  const std::vector<int> segments{4, 3, 2, 2, 1};
  CHECK(place_cuts(segments, 12) == UnitTiming{0, 0, 12, 0});
  CHECK(place_cuts(segments, 11) == UnitTiming{0b10, 1, 7, 5});
  CHECK(place_cuts(segments, 6) == UnitTiming{0b101, 2, 4, 3});
  CHECK(place_cuts(segments, 4) == UnitTiming{0b0111, 3, 4, 3});
  CHECK(place_cuts({9}, 5) == UnitTiming{0, 0, 9, 0});

  SUBCASE("a segment longer than the budget is a stage of its own") {
    CHECK(place_cuts({2, 9, 2}, 5) == UnitTiming{0b11, 2, 2, 2});
    CHECK(place_cuts({2, 1, 9}, 5) == UnitTiming{0b10, 1, 3, 9});
  }
}

TEST_CASE("every stage that place_cuts makes fits, and no smaller number of cuts does") {
  const std::vector<int> segments{5, 1, 4, 2, 6, 3, 3, 1};
  for (int budget = 6; budget <= 30; ++budget) {
    CAPTURE(budget);
    const auto fits = [&](std::uint64_t cuts) {
      int stage = 0;
      for (std::size_t k = 0; k < segments.size(); ++k) {
        stage += segments[k];
        if (stage > budget) return false;
        if (((cuts >> k) & 1) != 0) stage = 0;
      }
      return true;
    };
    const UnitTiming timing = place_cuts(segments, budget);
    CHECK(fits(timing.cuts));
    CHECK(std::popcount(timing.cuts) == timing.latency);
    for (std::uint64_t cuts = 0; cuts < 128; ++cuts) CHECK_FALSE((std::popcount(cuts) < timing.latency && fits(cuts)));
  }
}

TEST_CASE("the type at which a unit is looked up") {
  const auto i8 = ScalarType::signed_integer(8);
  const auto u16 = ScalarType::unsigned_integer(16);
  CHECK(figure_type({kF32, kF32}, ScalarType::boolean()) == kF32);
  CHECK(figure_type({kF32}, kBf16) == kF32);
  CHECK(figure_type({i8}, kBf16) == kBf16);
  CHECK(figure_type({kBf16}, i8) == kBf16);
  CHECK(figure_type({i8, u16}, ScalarType::signed_integer(32)) == u16);
}

TEST_CASE("multiplexers grow by doublings") {
  const Target target = target_with(R"({"i8": {"segment_ps": [10], "area": 1}})");
  CHECK(target.multiplexer_ps(1) == 0);
  CHECK(target.multiplexer_ps(2) == 80);
  CHECK(target.multiplexer_ps(4) == 110);
  CHECK(target.multiplexer_ps(5) == 140);
}

TEST_CASE("a target by name or by path") {
  CHECK(Target::names() == std::vector<std::string>{"asap7", "ecp5-45f", "ecp5-85f", "ecp5", "generic", "ice40-up5k",
                                                    "ice40", "sg13g2", "xc7", "xc7vx690t", "xc7z020"});
  const auto path = std::filesystem::temp_directory_path() / "sluice_target_test.json";
  std::ofstream(path) << target_text(R"({"i8": {"segment_ps": [10], "area": 1}})");
  const auto target = Target::load(path.string());
  REQUIRE(target);
  CHECK(target->name() == "t");
  CHECK(target->area_unit() == "cell");
  CHECK(target->family().empty());
  CHECK(generic().family() == "xc7");
  CHECK(target->default_clock_ns() == 5);
  CHECK(target->register_ps() == 100);
  CHECK(target->memory_read_ps() == 7);
  CHECK(target->memory_setup_ps() == 8);
  CHECK(target->register_words() == 4);
  CHECK(generic().register_words() == 16);
  CHECK(target->multiplier().form == MultiplierForm::operator_sign);
  std::filesystem::remove(path);

  const auto unknown = Target::load("no-such-target");
  REQUIRE_FALSE(unknown);
  CHECK(to_string(unknown.errors()) ==
        "no-such-target: is neither a known target nor a readable file (known targets: asap7, ecp5-45f, ecp5-85f, "
        "ecp5, generic, ice40-up5k, ice40, "
        "sg13g2, xc7, xc7vx690t, xc7z020)\n");
}

TEST_CASE("a target says how its multipliers are written") {
  const auto with_form = [](const std::string& form) {
    std::string text = target_text(R"({"i8": {"segment_ps": [10], "area": 1}})");
    return read_target("t.json", text.insert(text.find('{') + 1, "\"multiplier\": " + form + ","));
  };
  CHECK(with_form("\"operator\"").value().multiplier.form == MultiplierForm::operator_sign);
  CHECK(with_form("\"booth\"").value().multiplier.form == MultiplierForm::booth);
  const auto limbs = with_form(R"("operator", "multiplier_bits": {"wide": 18, "narrow": 16})").value().multiplier;
  CHECK(limbs.wide_bits == 18);
  CHECK(limbs.narrow_bits == 16);
  CHECK(to_string(with_form(R"("operator", "multiplier_bits": {"wide": 16, "narrow": 18})").errors()) ==
        "t.json: multiplier_bits: are not 8 <= narrow <= wide <= 64\n");
  CHECK(to_string(with_form("\"wallace\"").errors()) == "t.json: multiplier: is neither \"operator\" nor \"booth\"\n");
}

TEST_CASE("a malformed target names the key") {
  const auto errors = [](const std::string& text) {
    const auto data = read_target("t.json", text);
    return data ? std::string("none") : to_string(data.errors());
  };
  CHECK(errors("{").starts_with("t.json: is not JSON"));
  CHECK(errors("[]").starts_with("t.json: is not a JSON object"));
  CHECK(errors(target_text(R"({"i8": {"segment_ps": [10]}})")) == "t.json: units.u.i8.area: is missing\n");
  CHECK(errors(target_text(R"({"i8": {"segment_ps": [], "area": 1}})")) ==
        "t.json: units.u.i8.segment_ps: is not a list with something in it\n");
  CHECK(errors(target_text(R"({"i8": {"segment_ps": [-3], "area": 1}})")) ==
        "t.json: units.u.i8.segment_ps: holds something that is neither a delay nor rows\n");
  CHECK(errors(target_text(R"({"int": {"segment_ps": [3], "area": 1}})")) ==
        "t.json: units.u.int: is not the name of a type\n");
  CHECK(errors(target_text(R"({"i8": {"segment_ps": [3], "area": "1", "dps": 1}})")) ==
        "t.json: units.u.i8.dps: is not a known key\nt.json: units.u.i8.area: is not a number from 0\n");
}
