#include "rtlgen/bench/bench.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace sluice;
namespace fs = std::filesystem;

namespace {

// What the test bench must notice: a design that passes its input on after one cycle, with faults that a macro chooses.
constexpr const char* kDesign = R"(
module relay (
  input wire aclk, input wire aresetn,
  input wire [7:0] s_axis_x_tdata, input wire s_axis_x_tvalid, output wire s_axis_x_tready, input wire s_axis_x_tlast,
  output wire [7:0] m_axis_y_tdata, output wire m_axis_y_tvalid, input wire m_axis_y_tready, output wire m_axis_y_tlast,
  output wire tlast_error
);
  reg [7:0] data_q; reg last_q; reg valid_q; reg [7:0] count_q;
  assign tlast_error = 1'b0;
  wire move = m_axis_y_tready | ~valid_q;
  assign s_axis_x_tready = move;
  assign m_axis_y_tdata = data_q;
  assign m_axis_y_tvalid = valid_q;
  assign m_axis_y_tlast = last_q;
  always @(posedge aclk) begin
    count_q <= aresetn ? count_q + 8'd1 : 8'd0;
    if (!aresetn) valid_q <= 1'b0; else if (move) valid_q <= s_axis_x_tvalid;
    if (move) last_q <= s_axis_x_tlast;
    if (move) data_q <= s_axis_x_tdata;
`ifdef WRONG
    if (move && s_axis_x_tdata == 8'h05) data_q <= 8'hff;
`endif
`ifdef UNDEFINED
    if (move && s_axis_x_tdata == 8'h05) data_q <= 8'hxx;
`endif
`ifdef UNSTABLE
    if (!move) data_q <= data_q + 8'd1;
`endif
`ifdef WITHDRAWN
    if (!move && aresetn) valid_q <= 1'b0;
`endif
`ifdef NO_LAST
    last_q <= 1'b0;
`endif
`ifdef HANGS
    if (count_q > 8'd5) valid_q <= 1'b0;
`endif
  end
endmodule
)";

struct Run {
  std::string output;
  bool has(const char* text) const { return output.find(text) != std::string::npos; }
};

/// Compiles and runs in the folder's rtl/, as a user would. Each byte is a beat of so many elements.
Run run(const std::string& options, const std::string& plusargs, int lanes = 1) {
  std::string name = (fs::temp_directory_path() / "sluice-bench-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()));
  const fs::path folder = name;
  fs::create_directories(folder / "rtl");
  fs::create_directories(folder / "sim");
  std::ofstream(folder / "rtl" / "relay.v") << kDesign;
  for (const auto& file : bench_verilog()) std::ofstream(folder / "sim" / file.name) << file.text;
  BenchSpec spec;
  spec.top = "relay";
  spec.frames = 2;
  spec.timeout_cycles = 500;
  spec.streams = {{Direction::input, "s_axis_x", 8 / lanes, lanes, 4, "../sim/x.mem", ""},
                  {Direction::output, "m_axis_y", 8 / lanes, lanes, 4, "../sim/y.mem", "../sim/y.actual.mem"}};
  std::ofstream(folder / "sim" / "tb.v") << generate_bench(spec);
  const std::vector<std::uint64_t> words{1, 2, 3, 4, 5, 6, 7, 0xa0};
  std::ofstream(folder / "sim" / "x.mem") << vector_text(words, 8);
  std::ofstream(folder / "sim" / "y.mem") << vector_text(words, 8);
  const std::string command = "cd '" + (folder / "rtl").string() + "' && iverilog -g2005 -Wall -s tb " + options +
                              " -o tb.vvp ../sim/*.v *.v 2>&1 && vvp -n tb.vvp " + plusargs +
                              " 2>&1; cat ../sim/y.actual.mem";
  Run result;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, pipe)) result.output += buffer;
  pclose(pipe);
  fs::remove_all(folder);
  return result;
}

}  // namespace

TEST_CASE("vectors are hexadecimal words of the width") {
  const std::vector<std::uint64_t> words{0, 0xabc, 0x1};
  CHECK(vector_text(words, 12) == "000\nabc\n001\n");
  CHECK(vector_text(words, 1) == "0\nabc\n1\n");
  CHECK(vector_text(std::vector<std::uint64_t>{1, 2, 3, 4}, 8, 2) == "0201\n0403\n");
}

TEST_CASE("the test bench passes a design that is right, counts its cycles and writes what came") {
  const auto result = run("", "");
  CHECK_MESSAGE(result.has("\nPASS\n"), result.output);
  CHECK(result.has("SLUICE frame=0 first="));
  CHECK(result.has("latency=4"));
  CHECK(result.has("mismatches=0 violations=0"));
  CHECK(result.has("05\n06\n07\na0\n"));
  CHECK(!result.has("warning"));
  CHECK(run("", "+stall=60 +seed=9").has("\nPASS\n"));
}

TEST_CASE("the test bench notices every fault") {
  const auto wrong = run("-DWRONG", "");
  CHECK(wrong.has("SLUICE mismatch output=m_axis_y frame=1 index=0 expected=05 got=ff"));
  CHECK(wrong.has("\nFAIL\n"));
  const auto half = run("-DWRONG", "", 2);
  CHECK(half.has("SLUICE mismatch output=m_axis_y frame=1 index=0 expected=5 got=f"));
  CHECK(half.has("SLUICE mismatch output=m_axis_y frame=1 index=1 expected=0 got=f"));
  CHECK(half.has("mismatches=2"));
  CHECK(run("-DUNDEFINED", "").has("expected=05 got=xx"));
  CHECK(run("-DUNSTABLE", "+stall=50 +seed=1").has("what=unstable"));
  CHECK(run("-DWITHDRAWN", "+stall=50 +seed=1").has("what=unstable"));
  CHECK(run("-DNO_LAST", "").has("what=tlast frame=0 beat=3"));
  const auto hangs = run("-DHANGS", "");
  CHECK(hangs.has("SLUICE timeout"));
  CHECK(hangs.has("\nFAIL\n"));
}
