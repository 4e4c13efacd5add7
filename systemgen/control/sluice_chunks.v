// Issues the firings of a stream port: one is CHUNK accesses of the buffer. A firing starts in a cycle with go_i, while
// the port waits or in the cycle of a chunk's last access; the accesses may come from the next cycle on, as their user
// says with step_i. While one is on its way, final_i says whether it is a frame's last.
module sluice_chunks #(
  parameter CHUNK = 16
) (
  input  wire clk,
  input  wire rst,
  input  wire go_i,
  input  wire final_i,
  output wire fire_o,       // a firing starts
  output wire busy_o,       // accesses may come
  input  wire step_i,       // an access; only while busy_o
  input  wire next_i,       // there will be one in the next cycle, if accesses may come then
  output wire last_o,       // an access now is the frame's last
  output wire chunk_end_o,  // the next cycle has a chunk's last access
  output wire done_o        // this cycle has the frame's last access
);
  localparam BITS = CHUNK > 1 ? $clog2(CHUNK) : 1;
  localparam [31:0] BEFORE_LAST = CHUNK > 1 ? CHUNK - 2 : 0;

  reg busy_q;

  wire [BITS-1:0] beat;
  wire            last_beat;
  sluice_count #(.COUNT(CHUNK)) u_beat (
    .clk(clk), .rst(rst), .step_i(step_i), .value_o(beat), .last_o(last_beat)
  );

  wire end_now        = step_i & last_beat;
  wire busy_next      = fire_o | (busy_q & ~end_now);
  wire last_beat_next = step_i ? beat == BEFORE_LAST[BITS-1:0] : last_beat;

  always @(posedge clk) begin
    if (rst) busy_q <= 1'b0;
    else     busy_q <= busy_next;
  end

  assign fire_o      = go_i & (~busy_q | end_now);
  assign busy_o      = busy_q;
  assign last_o      = last_beat & final_i;
  assign chunk_end_o = busy_next & last_beat_next & next_i;
  assign done_o      = step_i & last_o;
endmodule
