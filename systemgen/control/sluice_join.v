// Joins pulses: all_o is 1 in the cycle in which the last of the COUNT events of a round comes; then the next round begins.
module sluice_join #(
  parameter COUNT = 2
) (
  input  wire             clk,
  input  wire             rst,
  input  wire [COUNT-1:0] event_i,
  output wire             all_o
);
  reg [COUNT-1:0] seen_q;

  assign all_o = &(seen_q | event_i);

  always @(posedge clk) begin
    if (rst || all_o) seen_q <= {COUNT{1'b0}};
    else              seen_q <= seen_q | event_i;
  end
endmodule
