// Counts steps: 0, 1, .. COUNT-1, and then from 0 on again.
module sluice_count #(
  parameter COUNT = 4,
  parameter BITS  = COUNT > 1 ? $clog2(COUNT) : 1
) (
  input  wire            clk,
  input  wire            rst,
  input  wire            step_i,
  output wire [BITS-1:0] value_o,
  output wire            last_o    // the value is COUNT-1
);
  localparam [31:0] LAST = COUNT - 1;

  reg [BITS-1:0] value_q;

  always @(posedge clk) begin
    if (rst || (step_i && last_o)) value_q <= {BITS{1'b0}};
    else if (step_i)               value_q <= value_q + 1'b1;
  end

  assign value_o = value_q;
  assign last_o  = value_q == LAST[BITS-1:0];
endmodule
