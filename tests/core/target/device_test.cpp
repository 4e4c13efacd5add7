#include "core/target/device.hpp"

#include <doctest/doctest.h>

#include "core/target/target.hpp"
#include "core/target/target_reader.hpp"

using namespace sluice;

namespace {

const std::string kComplete = R"("part": "P", "source": "s", "multipliers": 1, "luts": 2, "registers": 3,
  "block_rams": 4, "block_ram_shapes": [[512, 36]], "luts_per_multiplexer_bit": 0.5, "memory_bits_per_lut": 32)";

}  // namespace

TEST_CASE("named parts have the figures of their data sheets and the delays of their family") {
  const auto zynq = load_device("xc7z020").value().value();
  CHECK(zynq.part == "XC7Z020");
  CHECK(zynq.multipliers == 220);
  CHECK(zynq.luts == 53'200);
  CHECK(zynq.registers == 106'400);
  CHECK(zynq.block_rams == 280);
  const auto f32 = ScalarType::floating(kFloat32);
  const Target part = Target::load("xc7z020").value();
  const Target family = Target::load("xc7").value();
  CHECK(part.family() == "xc7");
  CHECK(part.figures("fp_mul", f32).segment_ps == family.figures("fp_mul", f32).segment_ps);
  CHECK(!load_device("xc7").value().has_value());
  for (const auto* name : {"xc7vx690t", "ecp5-45f", "ecp5-85f", "ice40-up5k"}) {
    CAPTURE(name);
    const auto device = load_device(name).value().value();
    CHECK(device.multipliers > 0);
    CHECK(device.luts >= 5'280);
    CHECK(device.block_rams >= 30);
  }
}

TEST_CASE("what is wrong with a device is said with its place") {
  CHECK(read_device("f", "{\"device\": {" + kComplete + "}}").value()->block_ram_shapes.at(0).bits == 36);
  const auto errors_of = [](const std::string& text) {
    const auto device = read_device("f", text);
    REQUIRE(!device.has_value());
    return to_string(device.errors());
  };
  const auto with = [&](const std::string& key, const std::string& value) {
    std::string text = kComplete;
    const auto at = text.find("\"" + key + "\"");
    const auto from = text.find(": ", at) + 2;
    const auto to = std::min(
        text.find(key == "block_ram_shapes" ? "]]" : ",", from) + (key == "block_ram_shapes" ? 2 : 0), text.size());
    return "{\"device\": {" + text.replace(from, to - from, value) + "}}";
  };
  CHECK(errors_of(with("luts", "-1")).find("f: device.luts: is not a whole number") == 0);
  CHECK(errors_of(with("part", "7")).find("f: device.part: is not a string") == 0);
  CHECK(errors_of(with("block_ram_shapes", "[[512]]")).find("f: device.block_ram_shapes: holds something") == 0);
  CHECK(errors_of(with("memory_bits_per_lut", "0")).find("f: device.memory_bits_per_lut: is not above 0") == 0);
  CHECK(errors_of("{\"device\": {}}").find("device.source: is missing") != std::string::npos);
  CHECK(errors_of("{\"device\": {" + kComplete + ", \"lut\": 1}}").find("lut: is not a known key") !=
        std::string::npos);
}

TEST_CASE("a base must be a built-in target that stands alone") {
  for (const auto* base : {"nothing", "xc7z020"}) {
    const auto data = read_target("f", std::string(R"({"name": "t", "base": ")") + base + "\"}");
    REQUIRE(!data.has_value());
    CHECK(to_string(data.errors()).find("is no built-in target that stands alone") != std::string::npos);
  }
  CHECK(read_target("f", R"({"name": "t", "base": "xc7", "register_ps": 7})").value().register_ps == 7);
}
