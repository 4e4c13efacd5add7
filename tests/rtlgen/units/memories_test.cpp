#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/rtlgen/units/tools.hpp"

namespace {

constexpr std::string_view kBench = R"(
module bench;
    reg clk, write_enable, read_enable;
    reg [3:0] write_address, read_address;
    reg [7:0] write_data;
    wire [7:0] from_ram, from_rom, from_registers;
    sluice_ram #(.WIDTH(8), .DEPTH(12)) i_ram (
        .clk(clk), .write_enable_i(write_enable), .write_address_i(write_address), .write_data_i(write_data),
        .read_enable_i(read_enable), .read_address_i(read_address), .read_data_o(from_ram)
    );
    sluice_registers #(.WIDTH(8), .DEPTH(12)) i_registers (
        .clk(clk), .write_enable_i(write_enable), .write_address_i(write_address), .write_data_i(write_data),
        .read_address_i(read_address), .read_data_o(from_registers)
    );
    sluice_rom #(.WIDTH(8), .DEPTH(12), .INIT_FILE("rom.mem")) i_rom (
        .clk(clk), .read_enable_i(read_enable), .read_address_i(read_address), .read_data_o(from_rom)
    );
    integer i;
    task cycle; begin #1 clk = 1; #1 clk = 0; end endtask
    initial begin
        clk = 0; write_enable = 1; read_enable = 0;
        for (i = 0; i < 12; i = i + 1) begin write_address = i; write_data = 8'hf0 + i; cycle; end
        write_enable = 0; write_address = 3; write_data = 0; cycle;
        read_enable = 1;
        for (i = 0; i < 12; i = i + 1) begin
            read_address = i; #1 if (from_registers !== (8'hf0 + i)) $write("registers: %h ", from_registers);
            cycle; $write("%h %h ", from_ram, from_rom);
        end
        read_enable = 0; read_address = 0; cycle; $write("%h %h", from_ram, from_rom);
        $finish(0);
    end
endmodule
)";

}  // namespace

TEST_CASE("memories read what was written one cycle later, and hold it. Registers do at once") {
  const TemporaryFolder folder;
  folder.write_units();
  folder.write("bench.v", kBench);
  std::string words;
  std::string expected;
  for (int i = 0; i < 12; ++i) {
    words += fmt::format("{:02x}\n", 7 * i);
    expected += fmt::format("{:02x} {:02x} ", 0xf0 + i, 7 * i);
  }
  folder.write("rom.mem", words);
  const auto outcome = folder.run(
      "iverilog -g2005 -o bench -s bench bench.v sluice_ram.v sluice_rom.v sluice_registers.v && vvp -n bench");
  CHECK(outcome.output == expected + "fb 4d");
}

TEST_CASE("memories map to block memory without logic") {
  const TemporaryFolder folder;
  folder.write_units();
  const auto outcome = folder.run(
      "yosys -q -p 'read_verilog sluice_ram.v; chparam -set WIDTH 32 -set DEPTH 2048 sluice_ram; "
      "synth_xilinx -flatten -noiopad -top sluice_ram; tee -o stat.txt stat' >/dev/null && cat stat.txt");
  CAPTURE(outcome.output);
  CHECK(outcome.output.find("RAMB36E1                        2") != std::string::npos);
  CHECK(outcome.output.find("LUT") == std::string::npos);
  CHECK(outcome.output.find("FDRE") == std::string::npos);
}
