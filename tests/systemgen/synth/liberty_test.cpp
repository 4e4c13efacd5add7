#include "systemgen/synth/liberty.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

constexpr std::string_view kCells = R"lib(
/* a library } in a comment */
library ("toy") {
  capacitive_load_unit (1, pf);
  lu_table_template (t) { variable_1 : input_net_transition; index_1 ("1, 2"); }
  cell (BUF_1) {
    area : 2.5;
    pin (A) { direction : input; capacitance : 0.002; timing () { when : "B {"; values ("1, 2", \
      "3, 4"); } }
    pin (Y) { direction : output; function : "(A)"; }
  }
  cell (INV) { area : 1; pin (A) { direction : input; } pin (Y) { direction : output; function : "!A"; } }
  cell ("DFF") { // with its clock
    area : 7; dont_use : true;
    ff (IQ, IQN) { next_state : "D"; clocked_on : "C"; }
    pin (D) { direction : "input"; capacitance : 0.003; }
    pin (C) { direction : input; clock : true; capacitance : 0.001; }
    pin (Q) { direction : output; function : "IQ"; }
  }
}
)lib";

}  // namespace

TEST_CASE("a Liberty file's cells: areas, registers, buffers, capacitances in fF") {
  const auto liberty = parse_liberty("toy.lib", kCells);
  REQUIRE_MESSAGE(liberty, to_string(liberty.errors()));
  CHECK(liberty->name == "toy");
  REQUIRE(liberty->cells.size() == 3);
  const auto* buffer = liberty->find("BUF_1");
  REQUIRE(buffer != nullptr);
  CHECK(buffer->area == 2.5);
  CHECK(buffer->is_buffer);
  CHECK(buffer->input_capacitance_ff == doctest::Approx(2));
  CHECK(liberty->typical_buffer() == buffer);
  CHECK(!liberty->find("INV")->is_buffer);
  const auto* flip_flop = liberty->find("DFF");
  CHECK(flip_flop->is_register);
  CHECK(flip_flop->dont_use);
  CHECK(flip_flop->input_capacitance_ff == doctest::Approx(3));
  CHECK(liberty->find("NAND") == nullptr);
}

TEST_CASE("what is no Liberty file with cells is refused") {
  for (const char* text :
       {"", "module a; endmodule", "library (l) { }", "library", "library (l", "library (l) { cell (x"}) {
    CAPTURE(text);
    const auto liberty = parse_liberty("x.lib", text);
    if (liberty) {
      CHECK(std::string_view(text).ends_with("cell (x"));
    } else {
      CHECK(to_string(liberty.errors()).starts_with("x.lib: is not a Liberty file with cells"));
    }
  }
  CHECK(!read_liberty("/nowhere/cells.lib"));
}
