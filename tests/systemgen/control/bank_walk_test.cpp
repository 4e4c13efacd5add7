#include "systemgen/control/bank_walk.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <random>
#include <sstream>

#include "rtlgen/units/units.hpp"
#include "systemgen/control/cells.hpp"
#include "systemgen/network/banks.hpp"
#include "systemgen/verify/process.hpp"
#include "tests/systemgen/support/banked.hpp"
#include "tests/systemgen/support/temporary_folder.hpp"

using namespace sluice;

namespace {

constexpr int kWordBits = 24;
constexpr int kSteps = 450;  // two frames of 6 x 6 x 6 elements, and some

std::string parameters(const Banking& banking) {
  const BufferShape shape{bank_count(banking), element_count(bank_shape(banking)), kWordBits};
  std::string text;
  for (const auto& parameter : walk_parameters(banking, shape))
    text += fmt::format("{}.{}({})", text.empty() ? "" : ", ", parameter.name, parameter.text);
  return text;
}

/// Sends numbers through a scatter, memories and a gather. Says what is written ("W banking bank address number") and
/// what is read ("R banking place-in-the-sequence number").
std::string bench(const Banking& banking, std::size_t number) {
  const BufferShape shape{bank_count(banking), element_count(bank_shape(banking)), kWordBits};
  return fmt::format(R"(
  wire [{banks}-1:0] we{n}; wire [{banks}*{bits}-1:0] wa{n}; wire [{banks}*24-1:0] wd{n};
  wire [{banks}-1:0] re{n}; wire [{banks}*{bits}-1:0] ra{n}; wire [{banks}*24-1:0] rd{n};
  wire [23:0] q{n};
  reg [23:0] in{n} = 0; reg [23:0] out{n} = 0; reg read{n} = 0;
  wire step{n} = random[7] & ~rst;
  wire send{n} = random[11] & ~rst && out{n} < in{n};
  sluice_bank_scatter #({parameters}) s{n} (clk, rst, step{n}, in{n}, we{n}, wa{n}, wd{n});
  sluice_ram_banks #(.BANKS({banks}), .WIDTH(24), .DEPTH({words})) m{n} (clk, we{n}, wa{n}, wd{n}, re{n}, ra{n}, rd{n});
  sluice_bank_gather #({parameters}) g{n} (clk, rst, send{n}, q{n}, re{n}, ra{n}, rd{n});
  integer k{n};
  always @(posedge clk) begin
    if (step{n}) in{n} <= in{n} + 1;
    if (send{n}) out{n} <= out{n} + 1;
    read{n} <= send{n};
    for (k{n} = 0; k{n} < {banks}; k{n} = k{n} + 1)
      if (we{n}[k{n}]) $display("W {n} %0d %0d %0d", k{n}, wa{n}[k{n}*{bits} +: {bits}], wd{n}[k{n}*24 +: 24]);
    if (read{n}) $display("R {n} %0d %0d", out{n} - 1, q{n});
  end
)",
                     fmt::arg("banks", shape.banks), fmt::arg("bits", shape.address_bits()), fmt::arg("n", number),
                     fmt::arg("words", shape.words), fmt::arg("parameters", parameters(banking)));
}

std::vector<Banking> bankings() {
  std::mt19937 random(21);
  std::vector<Banking> list{
      {{4, 6}, {{2, 1}, {3, 1}}}, {{3, 3, 3}, {{2, 1}, {2, 1}, {2, 1}}}, {{5, 1}, {{3, 1}, {2, 1}}}};
  while (list.size() < 60) {
    auto banking = test::random_banking(random);
    if (bank_count(banking) > 1) list.push_back(std::move(banking));
  }
  return list;
}

std::string simulate(const std::vector<Banking>& list) {
  const test::TemporaryFolder place;
  std::filesystem::create_directories(place.path());
  for (const auto& cell : control_verilog()) std::ofstream(place.path() / cell.name) << cell.text;
  std::ofstream(place.path() / "sluice_ram.v") << unit_verilog("sluice_ram");
  std::string text = fmt::format(R"(module bench;
  reg clk = 0; reg rst = 1; reg [31:0] random = 7; integer cycle = 0;
  always #5 clk = ~clk;
  always @(posedge clk) begin
    random <= random * 32'd1664525 + 32'd1013904223;
    cycle <= cycle + 1;
    if (cycle == 3) rst <= 0;
    if (cycle == 4 * {}) $finish;
  end
)",
                                 kSteps);
  for (std::size_t i = 0; i < list.size(); ++i) text += bench(list[i], i);
  std::ofstream(place.path() / "bench.v") << text << "endmodule\n";
  const auto result =
      run_process({"sh", "-c", "iverilog -g2005 -Wall -Wno-timescale -s bench -o b.vvp *.v && vvp -n b.vvp"},
                  place.path(), std::chrono::seconds(120));
  REQUIRE(result.has_value());
  REQUIRE_MESSAGE(result->exit_code == 0, result->output);
  return result->output;
}

}  // namespace

TEST_CASE("elements are written to their places in banks and read from there, in row-major order") {
  const auto list = bankings();
  std::vector<std::int64_t> written(list.size(), 0);
  std::vector<std::int64_t> read(list.size(), 0);
  std::istringstream lines(simulate(list));
  for (std::string kind; lines >> kind;) {
    std::size_t n = 0;
    lines >> n;
    REQUIRE_MESSAGE((kind == "W" || kind == "R"), kind);
    INFO(to_string(list.at(n)));
    const auto elements = element_count(list[n].shape);
    if (kind == "W") {
      BankPlace place;
      std::int64_t element = 0;
      lines >> place.bank >> place.address >> element;
      CHECK(element == written[n]++);
      CHECK(place == place_of(list[n], element % elements));
    } else {
      std::int64_t element = 0;
      std::int64_t value = 0;
      lines >> element >> value;
      CHECK(element == read[n]++);
      CHECK(value % elements == element % elements);
    }
  }
  for (std::size_t n = 0; n < list.size(); ++n) {
    CHECK(written[n] >= kSteps);
    CHECK(read[n] >= kSteps);
  }
}
