#include "rtlgen/bench/bench.hpp"

#include <fmt/format.h>

namespace sluice {
namespace {

std::string range(int width) { return fmt::format("[{}:0]", width - 1); }

std::string source(const BenchSpec& spec, const BenchStream& stream, std::size_t number) {
  return fmt::format(R"(
  wire {range} {name}_tdata;
  wire {name}_tlast;
  wire {name}_tvalid;
  wire {name}_tready;
  sluice_stream_source #(
    .WIDTH({width}), .LANES({lanes}), .BEATS({beats}), .FRAMES({frames}), .NUMBER({number}), .FILE("{vectors}")
  ) u_{name} (
    .clk(aclk), .rst(rst), .cycle_i(cycle),
    .tdata_o({name}_tdata), .tlast_o({name}_tlast), .tvalid_o({name}_tvalid), .tready_i({name}_tready)
  );
)",
                     fmt::arg("range", range(stream.data_bits())), fmt::arg("name", stream.name),
                     fmt::arg("width", stream.element_bits), fmt::arg("lanes", stream.elements_per_beat),
                     fmt::arg("beats", stream.beats), fmt::arg("frames", spec.frames), fmt::arg("number", number),
                     fmt::arg("vectors", stream.vectors));
}

std::string sink(const BenchSpec& spec, const BenchStream& stream, std::size_t number) {
  return fmt::format(R"(
  wire {range} {name}_tdata;
  wire {name}_tlast;
  wire {name}_tvalid;
  wire {name}_tready;
  sluice_stream_sink #(
    .WIDTH({width}), .LANES({lanes}), .BEATS({beats}), .FRAMES({frames}), .NUMBER({number}), .NAME("{name}"),
    .EXPECTED("{vectors}"), .ACTUAL("{actual}")
  ) u_{name} (
    .clk(aclk), .rst(rst), .cycle_i(cycle),
    .tdata_i({name}_tdata), .tlast_i({name}_tlast), .tvalid_i({name}_tvalid), .tready_o({name}_tready)
  );
)",
                     fmt::arg("range", range(stream.data_bits())), fmt::arg("name", stream.name),
                     fmt::arg("width", stream.element_bits), fmt::arg("lanes", stream.elements_per_beat),
                     fmt::arg("beats", stream.beats), fmt::arg("frames", spec.frames), fmt::arg("number", number),
                     fmt::arg("vectors", stream.vectors), fmt::arg("actual", stream.actual));
}

std::string probe(const BenchSpec& spec, const BenchProbe& probe, std::size_t number) {
  return fmt::format(
      R"(
  sluice_write_probe #(
    .WIDTH({width}), .ADDRESS_BITS({address_bits}), .BANKS({banks}), .WORDS({words}), .ELEMENTS({elements}),
    .FRAMES({frames}), .NAME("{name}"), .EXPECTED("{vectors}")
  ) probe_{number} (
    .clk(aclk), .rst(rst), .cycle_i(cycle),
    .enable_i(dut.{enable}), .address_i(dut.{address}), .data_i(dut.{data})
  );
)",
      fmt::arg("width", probe.data_bits), fmt::arg("address_bits", probe.address_bits), fmt::arg("banks", probe.banks),
      fmt::arg("words", probe.words), fmt::arg("elements", probe.elements), fmt::arg("frames", spec.frames),
      fmt::arg("name", probe.name), fmt::arg("vectors", probe.vectors), fmt::arg("number", number),
      fmt::arg("enable", probe.enable), fmt::arg("address", probe.address), fmt::arg("data", probe.data));
}

std::string fire_probe(const BenchFire& fire) {
  return fmt::format(R"(
  sluice_fire_probe #(.ACTOR({actor})) fire_{actor} (
    .clk(aclk), .rst(rst), .cycle_i(cycle), .fire_i(dut.{net})
  );
)",
                     fmt::arg("actor", fire.actor), fmt::arg("net", fire.net));
}

std::string dut(const BenchSpec& spec) {
  std::string text = fmt::format("\n  wire tlast_error;\n  {} dut (\n    .aclk(aclk), .aresetn(~rst)", spec.top);
  for (const auto& stream : spec.streams) {
    for (const char* signal : {"tdata", "tvalid", "tready", "tlast"}) {
      text += fmt::format("{}.{}_{}({}_{})", signal == std::string("tdata") ? ",\n    " : ", ", stream.name, signal,
                          stream.name, signal);
    }
  }
  return text + ",\n    .tlast_error(tlast_error)\n  );\n";
}

/// `text` with {} replaced by each stream's name of one direction, joined.
std::string each(const BenchSpec& spec, Direction direction, const std::string& text, const std::string& separator) {
  std::string result;
  for (const auto& stream : spec.streams) {
    if (stream.direction != direction) continue;
    result += (result.empty() ? "" : separator) + fmt::format(fmt::runtime(text), stream.name);
  }
  return result;
}

/// A frame is reported when all outputs have it: from its first beat on any input to its last beat on any output.
std::string frame_report(const BenchSpec& spec) {
  return fmt::format(
      R"(
  always @(posedge aclk) if (!rst && reported < wanted) begin
    if ({complete}) begin
      first = u_{some_input}.first_cycle[reported];
      last  = u_{some_output}.last_cycle[reported];
      {firsts}
      {lasts}
      $display("SLUICE frame=%0d first=%0d last=%0d latency=%0d", reported, first, last, last - first);
      reported = reported + 1;
      finish_at = cycle + 64'd64;  // time for beats that should not come
    end else if (cycle > timeout) begin
      $display("SLUICE timeout cycle=%0d frames=%0d", cycle, reported);
      $display("FAIL");
      $finish;
    end
  end
  always @(posedge aclk) if (reported == wanted && cycle > finish_at) begin
    mismatches = {mismatches};
    violations = {violations} + (tlast_error !== 1'b0 ? 1 : 0);
    $display("SLUICE end cycle=%0d frames=%0d mismatches=%0d violations=%0d", cycle, reported, mismatches, violations);
    if (mismatches == 0 && violations == 0) $display("PASS"); else $display("FAIL");
    $finish;
  end
)",
      fmt::arg("complete", each(spec, Direction::output, "u_{}.frame_q > reported", " && ")),
      fmt::arg("some_input", spec.streams.front().name), fmt::arg("some_output", spec.streams.back().name),
      fmt::arg("firsts",
               each(spec, Direction::input,
                    "if (u_{0}.first_cycle[reported] < first) first = u_{0}.first_cycle[reported];", "\n      ")),
      fmt::arg("lasts", each(spec, Direction::output,
                             "if (u_{0}.last_cycle[reported] > last) last = u_{0}.last_cycle[reported];", "\n      ")),
      fmt::arg("mismatches", each(spec, Direction::output, "u_{}.mismatches_q", " + ")),
      fmt::arg("violations", each(spec, Direction::output, "u_{}.violations_q", " + ")));
}

std::string header(const BenchSpec& spec) {
  return fmt::format(
      R"(// Test bench of {top}: sends {frames} frame(s), compares all outputs with the expected ones, counts cycles.
// Run it in the folder of the Verilog and the memory files. Options:
//   +stall=PERCENT  streams pause at random   +seed=N  how
//   +timeout=CYCLES gives up after so many    +waves   writes waves.vcd
//   +frames=N       ends after the first N{fires}
module tb;
  localparam FRAMES = {frames};

  reg aclk;
  reg rst;
  reg [63:0] cycle;
  reg [63:0] first;
  reg [63:0] last;
  reg [63:0] timeout;
  reg [63:0] finish_at;
  integer reported;
  integer wanted;
  integer mismatches;
  integer violations;
  integer stall;

  initial begin
    if (!$value$plusargs("stall=%d", stall)) stall = 0;
    if (stall > 99) stall = 99;
    if (!$value$plusargs("frames=%d", wanted)) wanted = FRAMES;
    if (wanted > FRAMES) wanted = FRAMES;
    if (!$value$plusargs("timeout=%d", timeout)) timeout = 64'd{timeout} * (64'd10000 / (64'd100 - {{32'd0, stall}})) / 64'd100;
    if ($test$plusargs("waves")) begin
      $dumpfile("../sim/waves.vcd");
      $dumpvars(0, tb);
    end
    aclk = 1'b0;
    rst = 1'b1;
    cycle = 64'd0;
    finish_at = 64'd0;
    reported = 0;
    repeat (8) @(negedge aclk);
    rst = 1'b0;
  end

  always #5 aclk = ~aclk;
  always @(posedge aclk) cycle <= cycle + 64'd1;
)",
      fmt::arg("top", spec.top), fmt::arg("frames", spec.frames), fmt::arg("timeout", spec.timeout_cycles),
      fmt::arg("fires", spec.fires.empty() ? "" : "\n//   +fires          logs every firing of every actor"));
}

}  // namespace

std::string generate_bench(const BenchSpec& spec) {
  std::string text = header(spec);
  for (std::size_t i = 0; i < spec.streams.size(); ++i) {
    const auto& stream = spec.streams[i];
    text += stream.direction == Direction::input ? source(spec, stream, i) : sink(spec, stream, i);
  }
  text += dut(spec);
  for (std::size_t i = 0; i < spec.probes.size(); ++i) text += probe(spec, spec.probes[i], i);
  for (const auto& fire : spec.fires) text += fire_probe(fire);
  return text + frame_report(spec) + "endmodule\n";
}

std::string vector_text(std::span<const std::uint64_t> words, int bits, std::size_t words_a_line) {
  const int digits = (bits + 3) / 4;
  std::string text;
  text.reserve(words.size() * static_cast<std::size_t>(digits + 1));
  for (std::size_t first = 0; first < words.size(); first += words_a_line) {
    for (std::size_t i = words_a_line; i-- > 0;)
      fmt::format_to(std::back_inserter(text), "{:0{}x}", words[first + i], digits);
    text += '\n';
  }
  return text;
}

}  // namespace sluice
