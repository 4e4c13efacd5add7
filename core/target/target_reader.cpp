#include "core/target/target_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/target/data.hpp"
#include "core/target/json_section.hpp"

namespace sluice {

namespace {

using Json = nlohmann::json;

/// A bare number stands for one segment of that delay.
std::vector<TargetData::Segments> read_segments(JsonSection& unit) {
  std::vector<TargetData::Segments> segments;
  for (const auto& item : unit.list("segment_ps")) {
    if (item.is_number_integer() && item >= 0) {
      segments.push_back({item.get<int>()});
    } else if (item.is_object()) {
      JsonSection rows(item, unit.place("segment_ps"), unit.report());
      rows.allow({"ps", "rows_per_mantissa_bit", "more_rows"});
      segments.push_back({rows.integer("ps"), rows.integer("rows_per_mantissa_bit"), rows.integer("more_rows")});
    } else {
      unit.fail("segment_ps", "holds something that is neither a delay nor rows");
    }
  }
  return segments;
}

/// A cut is a bit of a 64-bit number, and delays are added up in 32 bits.
void check_segments(const std::vector<TargetData::Segments>& segments, ScalarType type, JsonSection& unit) {
  constexpr std::int64_t kMost = 64;
  constexpr int kLongestPs = 10'000'000;
  const std::int64_t mantissa_bits = type.is_float() ? type.format().mantissa_bits : 0;
  std::int64_t count = 0;
  for (const auto& each : segments) {
    count += each.more_rows + mantissa_bits * each.rows_per_mantissa_bit;
    if (each.ps > kLongestPs) unit.fail("segment_ps", fmt::format("{} ps are more than {}", each.ps, kLongestPs));
  }
  if (count > kMost) unit.fail("segment_ps", fmt::format("makes {} segments, at most {} are possible", count, kMost));
}

TargetData::Entry read_entry(ScalarType type, JsonSection unit) {
  unit.allow({"segment_ps", "area", "dsp"});
  auto segments = read_segments(unit);
  check_segments(segments, type, unit);
  return {type, std::move(segments), unit.number("area"), unit.integer_or("dsp", 0)};
}

std::vector<TargetData::Entry> read_unit(JsonSection types) {
  if (types.empty()) types.fail("", "has no type");
  std::vector<TargetData::Entry> entries;
  for (const auto& item : types.items()) {
    const auto type = parse_scalar_type(item.key());
    if (type) {
      entries.push_back(read_entry(*type, types.section(item.key())));
    } else {
      types.fail(item.key(), "is not the name of a type");
    }
  }
  return entries;
}

/// `*` unless the file says otherwise.
Multiplier read_multiplier(JsonSection& top) {
  constexpr int kFewestBits = 8;
  constexpr int kMostBits = 64;
  const std::string form = top.text_or("multiplier", "operator");
  if (form != "operator" && form != "booth") top.fail("multiplier", "is neither \"operator\" nor \"booth\"");
  Multiplier multiplier{form == "booth" ? MultiplierForm::booth : MultiplierForm::operator_sign};
  if (!top.has("multiplier_bits")) return multiplier;
  JsonSection bits = top.section("multiplier_bits").allow({"wide", "narrow"});
  multiplier.wide_bits = bits.integer("wide");
  multiplier.narrow_bits = bits.integer("narrow");
  if (multiplier.narrow_bits < kFewestBits || multiplier.wide_bits < multiplier.narrow_bits ||
      multiplier.wide_bits > kMostBits)
    top.fail("multiplier_bits", fmt::format("are not {} <= narrow <= wide <= {}", kFewestBits, kMostBits));
  return multiplier;
}

/// The built-in file that the text changes, or the text itself.
Expected<Json> with_base(const std::string& origin, Json json) {
  const auto base = json.find("base");
  if (base == json.end()) return json;
  for (const auto& file : target_data()) {
    if (*base != Json(std::filesystem::path(file.name).stem().string())) continue;
    Json whole = Json::parse(file.text);
    if (whole.contains("base")) break;
    json.erase("base");
    whole.merge_patch(json);
    return whole;
  }
  return Diagnostic{origin + ": base", fmt::format("{} is no built-in target that stands alone", base->dump()), ""};
}

}  // namespace

Expected<TargetData> read_target(const std::string& origin, std::string_view text) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    return Diagnostic{origin, fmt::format("is not JSON: {}", error.what()), ""};
  }
  if (!json.is_object()) return Diagnostic{origin, "is not a JSON object", ""};

  auto whole = with_base(origin, std::move(json));
  if (!whole) return whole.errors();

  JsonReport report{origin, {}};
  JsonSection top(*whole, "", report);
  top.allow({"name", "description", "family", "default_clock_ns", "area_unit", "register_ps", "multiplexer", "memory",
             "multiplier", "multiplier_bits", "units", "device"});
  JsonSection multiplexer = top.section("multiplexer").allow({"base_ps", "ps_for_each_doubling"});
  JsonSection memory = top.section("memory").allow({"read_ps", "setup_ps", "register_words"});
  JsonSection units = top.section("units");

  TargetData data;
  data.name = top.text("name");
  data.family = top.text_or("family", "");
  data.area_unit = top.text("area_unit");
  data.default_clock_ns = top.number("default_clock_ns");
  constexpr double kSlowestNs = 1e6;
  if (data.default_clock_ns <= 0 || data.default_clock_ns > kSlowestNs)
    top.fail("default_clock_ns", fmt::format("is not above 0 and at most {}", kSlowestNs));
  data.register_ps = top.integer("register_ps");
  data.multiplexer_base_ps = multiplexer.integer("base_ps");
  data.multiplexer_level_ps = multiplexer.integer("ps_for_each_doubling");
  data.memory_read_ps = memory.integer("read_ps");
  data.memory_setup_ps = memory.integer("setup_ps");
  data.register_words = std::max(1, memory.integer_or("register_words", data.register_words));
  data.multiplier = read_multiplier(top);
  for (const auto& item : units.items()) data.units[item.key()] = read_unit(units.section(item.key()));

  if (!report.errors.empty()) return report.errors;
  return data;
}

}  // namespace sluice
