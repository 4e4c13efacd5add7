#include "systemgen/characterize/characterize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <nlohmann/json.hpp>

#include "systemgen/characterize/measurements.hpp"

namespace sluice {
namespace {

/// Turns periods into delays with the margin.
class Delays {
 public:
  Delays(const Measurements& measurements, const CharacterizeOptions& options)
      : bare_register_ps_(measurements.register_stage.period_ps),
        register_ps_(
            (options.registers_hold ? measurements.register_stage : measurements.held_register_stage).period_ps),
        factor_(1 + options.margin) {}

  [[nodiscard]] int register_ps() const { return with_margin(register_ps_); }
  [[nodiscard]] int logic_ps(double period_ps) const {
    return with_margin(std::max(0.0, period_ps - bare_register_ps_));
  }

 private:
  [[nodiscard]] int with_margin(double ps) const { return static_cast<int>(std::ceil(ps * factor_)); }

  double bare_register_ps_;
  double register_ps_;
  double factor_;
};

struct MultiplexerFigures {
  int base_ps = 0;
  int level_ps = 0;
};

/// The line over the doublings that is below no measurement, through the mean rise.
MultiplexerFigures multiplexer_figures(const Measurements& measurements, const Delays& delays) {
  const auto level = [](int inputs) { return static_cast<int>(std::bit_width(static_cast<unsigned>(inputs - 1))); };
  const auto& [fewest, first] = *measurements.multiplexers.begin();
  const auto& [most, last] = *measurements.multiplexers.rbegin();
  const int rise = delays.logic_ps(last.period_ps) - delays.logic_ps(first.period_ps);
  MultiplexerFigures figures;
  figures.level_ps = std::max(0, rise / (level(most) - level(fewest)));
  for (const auto& [inputs, stage] : measurements.multiplexers) {
    figures.base_ps = std::max(figures.base_ps, delays.logic_ps(stage.period_ps) - figures.level_ps * level(inputs));
  }
  return figures;
}

/// The keys that say how multipliers are written.
std::string multiplier_text(const Multiplier& multiplier) {
  if (multiplier.form == MultiplierForm::booth) return "\"multiplier\": \"booth\"";
  return fmt::format("\"multiplier\": \"operator\",\n  \"multiplier_bits\": {{\"wide\": {}, \"narrow\": {}}}",
                     multiplier.wide_bits, multiplier.narrow_bits);
}

/// "1.25" for small areas, "1234" for large ones.
std::string area_text(double area) { return area < 100 ? fmt::format("{:.4g}", area) : fmt::format("{:.0f}", area); }

/// One type's line of a unit.
std::string entry_text(const CutsOfUnit& cuts, const std::vector<StageFigures>& stages, const Delays& delays) {
  std::string segments;
  double area = 0;
  int dsps = 0;
  const auto rows = static_cast<std::size_t>(cuts.rows);
  if (rows > 0) {
    StageFigures slowest;
    for (std::size_t i = 0; i < rows; ++i) {
      slowest.period_ps = std::max(slowest.period_ps, stages[i].period_ps);
      slowest.area = std::max(slowest.area, stages[i].area);
    }
    segments = fmt::format("{{\"ps\": {}, \"rows_per_mantissa_bit\": 1, \"more_rows\": {}}}",
                           delays.logic_ps(slowest.period_ps), cuts.more_rows);
    area = slowest.area * static_cast<double>(rows);
  }
  for (std::size_t i = rows; i < stages.size(); ++i) {
    segments += fmt::format("{}{}", segments.empty() ? "" : ", ", delays.logic_ps(stages[i].period_ps));
    area += stages[i].area;
    dsps += stages[i].dsps;
  }
  return fmt::format("{{\"segment_ps\": [{}], \"area\": {}{}}}", segments, area_text(area),
                     dsps > 0 ? fmt::format(", \"dsp\": {}", dsps) : "");
}

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

/// All units, in the order of their first case.
std::string units_text(const std::vector<UnitCase>& cases, const Measurements& measurements, const Delays& delays) {
  std::vector<std::string> order;
  std::map<std::string, std::string> lines;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto& [unit, type, use] = cases[i];
    if (!lines.contains(unit)) order.push_back(unit);
    auto& text = lines[unit];
    text += fmt::format("{}      {:<11} {}", text.empty() ? "" : ",\n", quoted(to_string(type)) + ":",
                        entry_text(cuts_of(cases[i]), measurements.units[i], delays));
  }
  std::string text;
  for (const auto& unit : order) {
    text += fmt::format("{}    {}: {{\n{}\n    }}", text.empty() ? "" : ",\n", quoted(unit), lines[unit]);
  }
  return text;
}

}  // namespace

Expected<std::string> characterize(const CharacterizeOptions& options, const Measure& measure, Progress& progress) {
  const auto cases = unit_cases();
  const auto measurements = measure_all(cases, options, measure, progress);
  if (!measurements) return measurements.errors();
  const Delays delays(*measurements, options);
  const auto multiplexer = multiplexer_figures(*measurements, delays);
  return fmt::format(
      "{{\n  \"name\": {},\n  \"description\": {},\n  \"family\": {},\n  \"default_clock_ns\": {},\n"
      "  \"area_unit\": {},\n  \"register_ps\": {},\n"
      "  \"multiplexer\": {{\"base_ps\": {}, \"ps_for_each_doubling\": {}}},\n"
      "  \"memory\": {{\"read_ps\": {}, \"setup_ps\": {}, \"register_words\": {}}},\n  {},\n  "
      "\"units\": {{\n{}\n  }}\n}}\n",
      quoted(options.name), quoted(options.description), quoted(options.family), options.clock_ns,
      quoted(options.area_unit), delays.register_ps(), multiplexer.base_ps, multiplexer.level_ps,
      options.memory_read_ps.value_or(4 * delays.register_ps()), options.memory_setup_ps.value_or(delays.register_ps()),
      options.register_words, multiplier_text(options.multiplier), units_text(cases, *measurements, delays));
}

}  // namespace sluice
