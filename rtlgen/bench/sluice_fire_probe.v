// Test bench: logs the cycles in which an actor inside the design starts a firing, if +fires is given.
module sluice_fire_probe #(
  parameter ACTOR = 0  // its number in the log
) (
  input wire        clk,
  input wire        rst,
  input wire [63:0] cycle_i,
  input wire        fire_i
);
  reg logged;

  initial logged = $test$plusargs("fires") != 0;

  always @(posedge clk) begin
    if (!rst && logged && fire_i !== 1'b0) $display("SLUICE fire actor=%0d cycle=%0d", ACTOR, cycle_i);
  end
endmodule
