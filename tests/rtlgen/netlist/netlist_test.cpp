#include <doctest/doctest.h>

#include "rtlgen/netlist/netlist.hpp"

using namespace sluice;

namespace {

Module counter() {
  Module module("counter", "Counts the cycles in which en_i is 1.");
  module.add_input("clk", 1);
  module.add_input("rst", 1);
  const Expr enable = module.add_input("en_i", 1);
  const Expr count = module.add_output("count_o", 8);
  const Expr reg = module.add_register("count_q", 8, 0);
  module.drive(reg, reg + Expr::constant(8, 1), enable);
  module.assign(count, reg);
  return module;
}

bool complains(const Netlist& netlist, const std::string& about) {
  return to_string(verify(netlist)).find(about) != std::string::npos;
}

}  // namespace

TEST_CASE("a module prints as Verilog") {
  CHECK(to_verilog(counter()) == R"(// Counts the cycles in which en_i is 1.
module counter (
  input  wire clk,
  input  wire rst,
  input  wire en_i,
  output wire [7:0] count_o
);
  reg  [7:0] count_q;

  assign count_o = count_q;

  always @(posedge clk) begin
    if (rst) begin
      count_q <= 8'h00;
    end else begin
      if (en_i) count_q <= count_q + 8'h01;
    end
  end
endmodule
)");
  CHECK(verify(Netlist{{counter()}, "counter"}).empty());
}

TEST_CASE("expressions print with the brackets that they need") {
  const Expr a = Expr::net("a", 4);
  const Expr b = Expr::net("b", 4);
  CHECK(to_verilog((a & b) | a) == "(a & b) | a");
  CHECK(to_verilog(a & (b & a)) == "a & b & a");
  CHECK(to_verilog(a - (b - a)) == "a - (b - a)");
  CHECK(to_verilog(select(equal(a, b), a, select(a.slice(0, 1), b, a))) == "(a == b) ? a : a[0] ? b : a");
  CHECK(to_verilog(a.resized(6, true)) == "{{2{a[3]}}, a}");
  CHECK(to_verilog(a.resized(6)) == "{2'd0, a}");
  CHECK(to_verilog(a.resized(2)) == "a[1:0]");
  CHECK(to_verilog(reduce_or(a & b)) == "(|(a & b))");
  CHECK(Expr::constant(3, 4).resized(6, true).value() == 0x3c);
}

TEST_CASE("a netlist's errors are found") {
  SUBCASE("a wire that nobody drives") {
    Module module = counter();
    module.add_wire("idle", 1);
    CHECK(complains({{module}, "counter"}, "idle: it has 0 drivers"));
  }
  SUBCASE("an output that is driven twice") {
    Module module = counter();
    module.assign(Expr::net("count_o", 8), Expr::constant(8, 0));
    CHECK(complains({{module}, "counter"}, "count_o: it has 2 drivers"));
  }
  SUBCASE("a net of another width") {
    Module module = counter();
    module.add_wire("narrow", Expr::net("count_q", 7));
    CHECK(complains({{module}, "counter"}, "count_q: 8 bits, read as 7"));
  }
  SUBCASE("a register without an input") {
    Module module = counter();
    module.add_register("lost_q", 2);
    CHECK(complains({{module}, "counter"}, "lost_q: a register without an input"));
  }
  SUBCASE("an instance's missing port and wrong width") {
    Module top("top", "");
    const Expr clk = top.add_input("clk", 1);
    const Expr narrow = top.add_wire("narrow", 4);
    top.add_instance({"counter", "u", {}, {{"clk", clk}, {"count_o", narrow}}, ""});
    CHECK(complains({{counter(), top}, "top"}, "not every port is connected"));
    CHECK(complains({{counter(), top}, "top"}, "port count_o has 8 bits, connected to 4"));
  }
  SUBCASE("no top") { CHECK(complains({{counter()}, "other"}, "the top module 'other' is not there")); }
}

TEST_CASE("any name becomes a Verilog identifier") {
  CHECK(verilog_identifier("Plus214_Output_0") == "Plus214_Output_0");
  CHECK(verilog_identifier("input.1") == "input_1");
  CHECK(verilog_identifier("/layer/conv.weight:0") == "layer_conv_weight_0");
  CHECK(verilog_identifier("3x3") == "n_3x3");
  CHECK(verilog_identifier("reg") == "reg_n");
  CHECK(verilog_identifier("") == "n");
  CHECK(verilog_identifier("\xc3\xa9") == "n");
  Module module("m", "");
  CHECK(module.unique_name("a") == "a");
  CHECK(module.unique_name("a") == "a_2");
}
