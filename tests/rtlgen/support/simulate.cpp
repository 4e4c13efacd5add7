#include "simulate.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "rtlgen/units/units.hpp"

namespace sluice::test {
namespace {

namespace fs = std::filesystem;

void write_words(const fs::path& path, const std::vector<std::uint64_t>& words) {
  std::ofstream file(path);
  for (const auto word : words) file << fmt::format("{:x}\n", word);
}

fs::path make_folder() {
  const fs::path folder = fs::temp_directory_path() / fmt::format("sluice-actor-{}", getpid());
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

void write_actor(const fs::path& folder, const ActorRtl& actor) {
  const std::vector<std::string> units(actor.units.begin(), actor.units.end());
  for (const auto& file : unit_files(units)) std::ofstream(folder / file.name) << file.text;
  for (const auto& memory : actor.memories) std::ofstream(folder / memory.name) << memory_text(memory);
  std::ofstream(folder / (actor.module.name() + ".v")) << to_verilog(actor.module);
}

std::string bench(const Kernel& kernel, const ActorRtl& actor, int frames) {
  std::string body;
  std::string ports = ".clk(clk), .rst(rst), .go_i(go), .fire_o(fire), .done_o(done)";
  for (const auto& pulse : actor.pulses) {
    body += fmt::format("  wire {};\n", pulse.signal);
    ports += fmt::format(", .{0}({0})", pulse.signal);
  }
  for (const auto& port : actor.inputs) {
    const auto n = port.name;
    const auto depth = element_count(kernel.array(port.arrays.front()).shape);
    body += fmt::format("  wire {0}_re; wire [{1}:0] {0}_ra; wire [{2}:0] {0}_rd;\n", n, port.address_bits - 1,
                        port.data_bits * port.lanes() - 1);
    for (int lane = 0; lane < port.lanes(); ++lane) {
      body += fmt::format("  sluice_rom #(.WIDTH({1}), .DEPTH({2}), .INIT_FILE(\"{0}_{3}.hex\")) {0}_memory_{3} (.clk(clk), "
                          ".read_enable_i({0}_re), .read_address_i({0}_ra), .read_data_o({0}_rd[{4} +: {1}]));\n",
                          n, port.data_bits, depth, lane, lane * port.data_bits);
    }
    ports += fmt::format(", .{0}_re_o({0}_re), .{0}_raddr_o({0}_ra), .{0}_rdata_i({0}_rd)", n);
  }
  std::string dumps;
  for (const auto& port : actor.outputs) {
    const auto n = port.name;
    const auto depth = element_count(kernel.array(port.arrays.front()).shape);
    body += fmt::format("  wire [{3}:0] {0}_we; wire [{1}:0] {0}_wa; wire [{2}:0] {0}_wd;\n", n, port.address_bits - 1,
                        port.data_bits * port.lanes() - 1, port.lanes() - 1);
    for (int lane = 0; lane < port.lanes(); ++lane) {
      body += fmt::format("  reg [{2}:0] {0}_memory_{1} [0:{3}];\n", n, lane, port.data_bits - 1, depth - 1);
      body += fmt::format("  always @(posedge clk) if ({0}_we[{1}]) {0}_memory_{1}[{0}_wa] <= {0}_wd[{2} +: {3}];\n", n, lane,
                          lane * port.data_bits, port.data_bits);
      dumps += fmt::format("    $writememh(\"{0}_{1}.out\", {0}_memory_{1});\n", n, lane);
    }
    ports += fmt::format(", .{0}_we_o({0}_we), .{0}_waddr_o({0}_wa), .{0}_wdata_o({0}_wd)", n);
  }
  return fmt::format(R"(module bench;
  reg clk = 0; reg rst = 1; wire fire; wire done;
  integer cycle = 0; integer started = 0; integer frame = 0; integer fired = 0; integer random = 1;
  // All frames but the last are held up now and then.
  wire go = !rst && fired < {2} * {3} && (fired >= {2} * ({3} - 1) || (random >> 16) % 4 != 0);
  always #5 clk = ~clk;
{0}
  {1};
  always @(posedge clk) begin
    cycle <= cycle + 1;
    random <= random * 1103515245 + 12345;
    if (cycle == 3) rst <= 0;
    if (fire) begin
      fired <= fired + 1;
      if (fired == {2} * ({3} - 1)) started <= cycle;
    end
    if (done) begin
      frame <= frame + 1;
      if (frame + 1 == {3}) begin $display("CYCLES %0d", cycle - started); #1;
{4}    $finish; end
    end
    if (cycle == 1000000) begin $display("TIMEOUT"); $finish; end
  end
endmodule
)", body, actor.module.name() + " dut (" + ports + ")", actor.firings, frames, dumps);
}

std::vector<std::uint64_t> read_words(const fs::path& path, std::size_t count) {
  std::vector<std::uint64_t> words;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("//")) continue;
    std::istringstream fields(line);
    for (std::string field; fields >> field;) {
      INFO("undefined bits in ", path.filename().string(), ": ", field);
      REQUIRE(field.find_first_of("xXzZ") == std::string::npos);
      words.push_back(std::stoull(field, nullptr, 16));
    }
  }
  REQUIRE(words.size() == count);
  return words;
}

}  // namespace

Command run_command(const std::string& command) {
  Command result;
  FILE* pipe = popen(("{ " + command + "; } 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> buffer{};
  for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) result.output.append(buffer.data(), n);
  result.status = pclose(pipe);
  return result;
}

std::string lint(const ActorRtl& actor) {
  const fs::path folder = make_folder();
  write_actor(folder, actor);
  const auto verilator = run_command(fmt::format("cd '{}' && verilator --lint-only -Wall --top-module actor *.v", folder.string()));
  const auto yosys = run_command(fmt::format(
      "cd '{}' && yosys -q -p 'read_verilog *.v; hierarchy -check -top actor; proc; check -assert'", folder.string()));
  fs::remove_all(folder);
  return (verilator.status == 0 && verilator.output.empty() ? "" : "verilator: " + verilator.output) +
         (yosys.status == 0 && yosys.output.empty() ? "" : "yosys: " + yosys.output);
}

Simulation simulate(const Kernel& kernel, const ActorRtl& actor, const ArrayContents& contents, int frames) {
  const fs::path folder = make_folder();
  write_actor(folder, actor);
  const std::vector<std::string> rom{"sluice_rom"};
  for (const auto& file : unit_files(rom)) std::ofstream(folder / file.name) << file.text;
  for (const auto& port : actor.inputs) {
    for (std::size_t lane = 0; lane < port.arrays.size(); ++lane)
      write_words(folder / fmt::format("{}_{}.hex", port.name, lane), contents[port.arrays[lane].index()]);
  }
  std::ofstream(folder / "bench.v") << bench(kernel, actor, frames);

  const auto run = run_command(fmt::format("cd '{}' && iverilog -g2005 -Wall -Wno-timescale -o bench.vvp *.v && vvp bench.vvp", folder.string()));
  INFO(run.output);
  const auto found = run.output.find("CYCLES ");
  REQUIRE(found != std::string::npos);
  CHECK(run.output.find("warning") == std::string::npos);
  Simulation result{std::stoll(run.output.substr(found + 7)), contents};
  for (const auto& port : actor.outputs) {
    for (std::size_t lane = 0; lane < port.arrays.size(); ++lane) {
      auto& words = result.contents[port.arrays[lane].index()];
      words = read_words(folder / fmt::format("{}_{}.out", port.name, lane), words.size());
    }
  }
  fs::remove_all(folder);
  return result;
}

}  // namespace sluice::test
