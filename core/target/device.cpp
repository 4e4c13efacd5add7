#include "core/target/device.hpp"

#include "core/target/json_section.hpp"
#include "core/target/target_reader.hpp"

namespace sluice {
namespace {

Device read_section(JsonSection section) {
  section.allow({"part", "source", "multipliers", "luts", "registers", "block_rams", "block_ram_shapes",
                 "luts_per_multiplexer_bit", "memory_bits_per_lut"});
  section.text("source");
  Device device;
  device.part = section.text("part");
  device.multipliers = section.integer("multipliers");
  device.luts = section.integer("luts");
  device.registers = section.integer("registers");
  device.block_rams = section.integer("block_rams");
  for (const auto& shape : section.list("block_ram_shapes")) {
    const bool is_pair = shape.is_array() && shape.size() == 2 && shape[0].is_number_integer() &&
                         shape[1].is_number_integer() && shape[0] > 0 && shape[1] > 0;
    if (is_pair) {
      device.block_ram_shapes.push_back({shape[0].get<std::int64_t>(), shape[1].get<std::int64_t>()});
    } else {
      section.fail("block_ram_shapes", "holds something that is no [words, bits]");
    }
  }
  device.luts_per_multiplexer_bit = section.number("luts_per_multiplexer_bit");
  device.memory_bits_per_lut = section.number("memory_bits_per_lut");
  if (device.memory_bits_per_lut <= 0) section.fail("memory_bits_per_lut", "is not above 0");
  return device;
}

}  // namespace

Expected<std::optional<Device>> read_device(const std::string& origin, std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return Diagnostic{origin, "is not a JSON object", ""};
  if (!json.contains("device")) return std::optional<Device>();
  JsonReport report{origin, {}};
  JsonSection top(json, "", report);
  Device device = read_section(top.section("device"));
  if (!report.errors.empty()) return report.errors;
  return std::optional(std::move(device));
}

Expected<std::optional<Device>> load_device(const std::string& name_or_path) {
  const auto file = find_target(name_or_path);
  if (!file) return file.errors();
  return read_device(file->origin, file->text);
}

}  // namespace sluice
