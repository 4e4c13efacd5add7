#include "core/target/target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/target/data.hpp"
#include "core/target/target_reader.hpp"

namespace sluice {

namespace {

std::string target_name(const EmbeddedFile& file) { return std::filesystem::path(file.name).stem().string(); }

Expected<Target> parse(const std::string& origin, std::string_view text) {
  auto data = read_target(origin, text);
  if (!data) return data.errors();
  return Target(std::move(data).value());
}

/// Whether figures of `entry` are on the safe side for `type`.
bool covers(ScalarType entry, ScalarType type) {
  if (!type.is_float()) return entry.width() >= type.width();
  return entry.format().exponent_bits >= type.format().exponent_bits &&
         entry.format().mantissa_bits >= type.format().mantissa_bits;
}

/// The narrowest entry of the type's kind that covers it, or else the widest; null if there is none of the kind.
const TargetData::Entry* closest(const std::vector<TargetData::Entry>& entries, ScalarType type) {
  const TargetData::Entry* best = nullptr;
  for (const auto& entry : entries) {
    if (entry.type.is_float() != type.is_float()) continue;
    if (best == nullptr) {
      best = &entry;
    } else if (covers(best->type, type)) {
      if (covers(entry.type, type) && entry.type.width() < best->type.width()) best = &entry;
    } else if (covers(entry.type, type) || entry.type.width() > best->type.width()) {
      best = &entry;
    }
  }
  return best;
}

/// The widest float entry that `type` covers; null if there is none. Between it and the closest, figures grow linearly
/// with the mantissa.
const TargetData::Entry* next_narrower(const std::vector<TargetData::Entry>& entries, ScalarType type) {
  const TargetData::Entry* best = nullptr;
  for (const auto& entry : entries) {
    if (!type.is_float() || !entry.type.is_float() || !covers(type, entry.type)) continue;
    if (best == nullptr || best->type.format().mantissa_bits < entry.type.format().mantissa_bits) best = &entry;
  }
  return best;
}

/// How far `type` lies from `low` (0) to `high` (1), by mantissa bits.
double position(ScalarType type, ScalarType low, ScalarType high) {
  const int span = high.format().mantissa_bits - low.format().mantissa_bits;
  return span <= 0 ? 1.0 : static_cast<double>(type.format().mantissa_bits - low.format().mantissa_bits) / span;
}

}  // namespace

ScalarType figure_type(const std::vector<ScalarType>& operands, ScalarType result) {
  const auto first_float =
      std::find_if(operands.begin(), operands.end(), [](ScalarType type) { return type.is_float(); });
  if (first_float != operands.end()) return *first_float;
  if (result.is_float() || operands.empty()) return result;
  return *std::max_element(operands.begin(), operands.end(),
                           [](ScalarType a, ScalarType b) { return a.width() < b.width(); });
}

Expected<TargetFile> find_target(const std::string& name_or_path) {
  for (const auto& file : target_data()) {
    if (target_name(file) == name_or_path) return TargetFile{std::string(file.name), std::string(file.text)};
  }
  std::ifstream stream(name_or_path);
  if (!stream || std::filesystem::is_directory(name_or_path)) {
    return Diagnostic{name_or_path, "is neither a known target nor a readable file",
                      fmt::format("known targets: {}", fmt::join(Target::names(), ", "))};
  }
  return TargetFile{name_or_path, std::string(std::istreambuf_iterator<char>(stream), {})};
}

Expected<Target> Target::load(const std::string& name_or_path) {
  const auto file = find_target(name_or_path);
  if (!file) return file.errors();
  return parse(file->origin, file->text);
}

std::vector<std::string> Target::names() {
  std::vector<std::string> names;
  for (const auto& file : target_data()) names.push_back(target_name(file));
  return names;
}

UnitFigures Target::figures(std::string_view unit, ScalarType type) const {
  const auto found = data_.units.find(unit);
  const TargetData::Entry* entry = found == data_.units.end() ? nullptr : closest(found->second, type);
  if (entry == nullptr) {
    throw std::out_of_range(fmt::format("target {} does not describe {} at {}", data_.name, unit, to_string(type)));
  }

  const double scale = std::max(1.0, static_cast<double>(type.width()) / entry->type.width());
  const TargetData::Entry* low = next_narrower(found->second, type);
  if (low == nullptr || low->segments.size() != entry->segments.size()) low = entry;
  const double at = type.is_float() ? position(type, low->type, entry->type) : 1.0;
  const auto between = [&](double a, double b) { return (a + (b - a) * at) * scale; };
  UnitFigures figures;
  for (std::size_t i = 0; i < entry->segments.size(); ++i) {
    const auto& segments = entry->segments[i];
    const int mantissa_bits = type.is_float() ? type.format().mantissa_bits : 0;
    const int count = segments.rows_per_mantissa_bit * mantissa_bits + segments.more_rows;
    figures.segment_ps.insert(figures.segment_ps.end(), static_cast<std::size_t>(count),
                              static_cast<int>(std::ceil(between(low->segments[i].ps, segments.ps))));
  }
  figures.area = between(low->area, entry->area);
  figures.dsp = static_cast<int>(std::ceil(entry->dsp * scale));
  return figures;
}

UnitTiming Target::timing(std::string_view unit, ScalarType type, int budget_ps) const {
  return place_cuts(figures(unit, type).segment_ps, budget_ps);
}

int Target::multiplexer_ps(int inputs) const {
  if (inputs <= 1) return 0;
  const auto levels = static_cast<int>(std::bit_width(static_cast<unsigned>(inputs - 1)));
  return data_.multiplexer_base_ps + data_.multiplexer_level_ps * levels;
}

}  // namespace sluice
