#include "systemgen/report/report.hpp"

#include <fstream>

namespace sluice {

std::int64_t Report::macs() const {
  std::int64_t sum = 0;
  for (const auto& actor : actors) sum += actor.macs;
  return sum;
}

std::int64_t ActorFacts::multipliers() const {
  std::int64_t sum = 0;
  for (const auto& [unit, count] : units) {
    if (unit == "fp_mul" || unit == "int_mul") sum += count;
  }
  return sum;
}

std::optional<double> ActorFacts::mac_efficiency() const {
  if (macs == 0 || cycles == 0 || multipliers() == 0) return {};
  return static_cast<double>(macs) / (static_cast<double>(cycles) * static_cast<double>(multipliers()));
}

std::optional<double> ActorFacts::efficiency_bound() const {
  if (macs == 0 || lanes.iterations == 0 || multipliers() == 0) return {};
  return static_cast<double>(macs) / (static_cast<double>(lanes.iterations) * static_cast<double>(multipliers()));
}

std::int64_t Report::multipliers() const {
  std::int64_t sum = 0;
  for (const auto& actor : actors) sum += actor.multipliers();
  return sum;
}

double Report::unit_area() const {
  double sum = 0;
  for (const auto& actor : actors) sum += actor.binding.all_units().area;
  return sum;
}

std::int64_t Report::register_bits() const {
  std::int64_t sum = 0;
  for (const auto& actor : actors) sum += actor.register_bits;
  return sum;
}

std::int64_t Report::memory_bits() const {
  std::int64_t sum = buffer_bits;
  for (const auto& actor : actors) sum += actor.memory_bits;
  return sum;
}

std::optional<double> Report::mac_efficiency() const {
  if (multipliers() == 0 || predicted_interval == 0) return {};
  return static_cast<double>(macs()) / (static_cast<double>(predicted_interval) * static_cast<double>(multipliers()));
}

double peak_rss_mb() {
  // Not getrusage(): its peak includes that of the parent, from before the program was loaded.
  const std::string key = "VmHWM:";
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key)) return std::stod(line.substr(key.size())) / 1024;
  }
  return 0;
}

}  // namespace sluice
