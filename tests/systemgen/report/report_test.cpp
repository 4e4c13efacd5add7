#include "systemgen/report/report.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>

using namespace sluice;

namespace {

Report sample() {
  Report report;
  report.model = "m\xff.onnx";
  report.target = "generic";
  report.clock_ns = 10;
  report.actors.push_back(
      {"conv1", "Conv", {"/conv1/Conv"}, {}, 0, 1000, 400, 4, {{"fp_add", 2}, {"fp_mul", 2}}, 64, 4096});
  report.actors.push_back({"add", "Add", {"add"}, {"conv1"}, 1, 0, 100, 1, {{"int_mul", 1}}, 0, 0});
  report.area_unit = "LUT6";
  auto& binding = report.actors[0].binding;
  binding.units = {{"fp_add", {2, 5, 3, 860, 2150}}, {"fp_mul", {2, 4, 2, 226, 452}}};
  binding.registers = 3;
  binding.register_bits = 96;
  binding.chain_registers = 2;
  binding.chain_bits = 64;
  binding.unshared_register_bits = 1200;
  binding.at_units = {2, 7, 4, 160};
  binding.at_memories = {1, 2, 2, 8};
  report.predicted_latency = 501;
  report.predicted_interval = 500;
  report.ports.push_back({Direction::input, "s_axis_x", "x", {ElementType::float32, {1, 2}}, 32, 1, 2});
  report.ports.push_back({Direction::output, "m_axis_y", "y:0", {ElementType::float32, {2}}, 32, 1, 2});
  report.ports.push_back({Direction::output, "m_axis_z", "z", {ElementType::int8, {1, 4, 500}}, 8, 1, 2000, {4, 500}});
  report.seconds = {{"import", 0.5}};
  return report;
}

}  // namespace

TEST_CASE("without verification, what was not simulated is null") {
  const auto json = nlohmann::json::parse(json_text(sample()));
  CHECK(json["macs"] == 1000);
  CHECK(json["multipliers"] == 3);
  CHECK(json["cycles"]["latency"].is_null());
  CHECK(json["cycles"]["predicted_latency"] == 501);
  CHECK(json["mac_efficiency"].get<double>() == doctest::Approx(1000.0 / 1500));
  CHECK(json["actors"][0]["units"]["fp_mul"] == 2);
  CHECK(json["actors"][0]["onnx_nodes"][0] == "/conv1/Conv");
  CHECK(json["actors"][0]["reads_from"].empty());
  CHECK(json["actors"][1]["reads_from"][0] == "conv1");
  CHECK(json["actors"][1]["stage"] == 1);
  CHECK(json["ports"][1]["tensor"] == "y:0");
  CHECK(json["ports"][0]["shape"] == std::vector<int>{1, 2});
  CHECK(json["ports"][0]["layout"] == "row-major");
  CHECK(json["ports"][2]["layout"] == "channels-last");
  CHECK(json["verify"].is_null());
  CHECK(json["seconds"]["import"] == 0.5);
}

TEST_CASE("the report says what sharing saved") {
  const auto json = nlohmann::json::parse(json_text(sample()));
  CHECK(json["area_unit"] == "LUT6");
  const auto& binding = json["actors"][0]["binding"];
  CHECK(binding["units"]["fp_add"]["operations"] == 5);
  CHECK(binding["units"]["fp_mul"]["most_on_one"] == 2);
  CHECK(binding["registers"]["bits_in_chains"] == 64);
  CHECK(binding["multiplexers"]["at_units"]["widest"] == 4);
  CHECK(binding["multiplexers"]["at_memories"]["inputs"] == 2);
  CHECK(binding["saved"]["units"] == 5);
  CHECK(binding["saved"]["area"] == 1516);
  CHECK(binding["saved"]["register_bits"] == 1104);
  const auto table = to_table(sample());
  CHECK(
      table.find("9 operations on 4 units: 1516 LUT6 and 1,104 register bits saved, 9 multiplexer inputs (widest 4)") !=
      std::string::npos);
}

TEST_CASE("outputs of at most 1000 elements are in the report, infinities as text") {
  auto report = sample();
  report.frames = 1;
  Verification verification;
  verification.elements = 2002;
  verification.latency = 501;
  verification.deviation.max_absolute = std::numeric_limits<double>::infinity();
  verification.outputs = {{Tensor::of<float>(ElementType::float32, {2}, {0.5F, std::numeric_limits<float>::infinity()}),
                           Tensor({ElementType::int8, {1, 4, 500}})}};
  report.verification = verification;
  const auto json = nlohmann::json::parse(json_text(report));
  CHECK(json["cycles"]["latency"] == 501);
  CHECK(json["cycles"]["interval"].is_null());
  const auto& outputs = json["verify"]["outputs"];
  REQUIRE(outputs.size() == 1);
  REQUIRE(outputs[0].size() == 1);
  CHECK(outputs[0][0]["tensor"] == "y:0");
  CHECK(outputs[0][0]["values"][0] == 0.5);
  CHECK(outputs[0][0]["values"][1] == "Infinity");
  CHECK(json["verify"]["max_abs_error"] == "Infinity");
}

TEST_CASE("the table has every actor and the cycles") {
  auto report = sample();
  report.actors[0].cycles = 1234567;
  const auto table = to_table(report);
  CHECK(table.find("conv1") != std::string::npos);
  CHECK(table.find("1,234,567") != std::string::npos);
  CHECK(table.find("fp_addx2 fp_mulx2") != std::string::npos);
  CHECK(table.find("not simulated") != std::string::npos);
}
