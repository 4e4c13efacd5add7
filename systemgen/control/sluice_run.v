// Lets an actor fire for exactly one frame: start_i, a pulse, opens go_o in its own cycle, and FIRINGS firings later it
// closes. For systems that start their actors one after another.
module sluice_run #(
  parameter FIRINGS = 4
) (
  input  wire clk,
  input  wire rst,
  input  wire start_i,
  input  wire fire_i,
  output wire go_o
);
  localparam BITS = FIRINGS > 1 ? $clog2(FIRINGS) : 1;

  reg running_q;

  wire            last;
  wire [BITS-1:0] unused_firing;
  sluice_count #(.COUNT(FIRINGS)) u_firing (
    .clk(clk), .rst(rst), .step_i(fire_i), .value_o(unused_firing), .last_o(last)
  );

  always @(posedge clk) begin
    if (rst) running_q <= 1'b0;
    else     running_q <= go_o & ~(fire_i & last);
  end

  assign go_o = start_i | running_q;
endmodule
