#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "systemgen/flow.hpp"
#include "systemgen/synth/synthesize.hpp"
#include "tests/frontend/support/models.hpp"
#include "tests/systemgen/support/liberty.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

// What an actor costs beside the units that compute.

using namespace sluice;

namespace {

std::string read(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// The module with nothing but its floating-point units, each with a register behind it.
std::string bare_units(const std::string& module, const std::string& verilog, int& multipliers) {
  static const std::regex instance(R"((sluice_fp_\w+) #\(([^;]*?)\) (\w+) \(([^;]*?)\);)");
  static const std::regex port(R"(\.([ab]_i)\()");
  std::string ports = "input wire clk";
  std::string body;
  for (std::sregex_iterator at(verilog.begin(), verilog.end(), instance), end; at != end; ++at) {
    const std::string unit = (*at)[1], parameters = (*at)[2], name = (*at)[3], connections = (*at)[4];
    const bool converts = unit == "sluice_fp_convert";
    const auto width = [&](const std::string& suffix) {
      int bits = 1;
      for (const std::string key : {"EXP", "MAN"}) {
        std::smatch value;
        REQUIRE(std::regex_search(parameters, value, std::regex("\\." + key + suffix + R"(\((\d+)\))")));
        bits += std::stoi(value[1]);
      }
      return bits;
    };
    multipliers += unit == "sluice_fp_mul" ? 1 : 0;
    const int in = width(converts ? "_A" : "");
    const int out = width(converts ? "_Y" : "");
    std::string wiring = fmt::format(".clk(clk), .y_o({}_y)", name);
    if (connections.find(".mode_i(") != std::string::npos) wiring += ", .mode_i(1'b0)";
    for (std::sregex_iterator input(connections.begin(), connections.end(), port); input != end; ++input) {
      const std::string operand = (*input)[1];
      ports += fmt::format(",\n  input wire [{}:0] {}_{}", in - 1, name, operand);
      wiring += fmt::format(", .{1}({0}_{1})", name, operand);
    }
    ports += fmt::format(",\n  output reg [{}:0] {}_q", out - 1, name);
    body += fmt::format("  wire [{0}:0] {1}_y;\n  always @(posedge clk) {1}_q <= {1}_y;\n  {2} #({3}) {1} ({4});\n",
                        out - 1, name, unit, parameters, wiring);
  }
  return fmt::format("module {} (\n  {}\n);\n{}endmodule\n", module, ports, body);
}

double area(const std::filesystem::path& folder, const std::string& top, const std::string& liberty) {
  Progress silent(false);
  const auto design = read_design(folder);
  REQUIRE_MESSAGE(design, to_string(design.errors()));
  SynthesisOptions options;
  options.top = top;
  options.liberty = liberty;
  const auto result = synthesize(*design, Target::load("asap7").value(), options, silent);
  REQUIRE_MESSAGE(result, to_string(result.errors()));
  CHECK(result->total.worst_slack_ps.value() >= 0);
  return result->total.area;
}

}  // namespace

TEST_SUITE("slow") {
  TEST_CASE("a convolution with 64 multipliers costs little more than its units in 7 nm at 1 ns") {
    const std::string liberty = test::liberty_of("asap7");
    if (liberty.empty()) return;
    const test::TemporaryFolder place;
    FlowOptions options;
    options.model = place.path() / "model.onnx";
    options.output = place.path() / "out";
    options.target = "asap7";
    options.stop_after = Stage::rtl;
    options.clock_ns = 1;
    options.optimisation = 2;
    options.goal.multipliers = 64;
    const auto model =
        test::parse_text("agraph (float[1,16,8,8] x) => (float[1,16,8,8] y) { y = Conv<pads=[1,1,1,1]>(x, w) }",
                         {{"w", test::random_tensor({ElementType::float32, {16, 16, 3, 3}}, 1)}});
    std::ofstream(options.model, std::ios::binary) << model.SerializeAsString();
    Progress silent(false);
    const auto built = run_flow(options, silent);
    REQUIRE_MESSAGE(built, to_string(built.errors()));
    REQUIRE(built->report.actors.size() == 1);
    const std::string actor = built->report.actors[0].name;
    CHECK(built->report.actors[0].mac_efficiency().value() >= 0.95);
    const double whole = area(options.output, actor, liberty);
    const auto file = options.output / "rtl" / (actor + ".v");
    int multipliers = 0;
    const std::string bare = bare_units(actor, read(file), multipliers);
    CHECK(multipliers == 64);
    std::ofstream(file) << bare;
    const double units = area(options.output, actor, liberty);
    MESSAGE("actor ", whole, " um2, its units ", units);
    CHECK(whole <= 1.35 * units);
    CHECK(whole > units);
  }
}
