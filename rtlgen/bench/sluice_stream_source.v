// Test bench: offers FRAMES frames of BEATS beats from a file on an AXI4-Stream, back to back.
// +stall=PERCENT makes it pause at random, +seed=N chooses how.
module sluice_stream_source #(
  parameter WIDTH  = 8,  // of an element
  parameter LANES  = 1,  // elements of a beat
  parameter BEATS  = 1,
  parameter FRAMES = 1,
  parameter NUMBER = 0,   // of the stream: each has its own random numbers
  parameter FILE   = ""   // a beat a line, in hexadecimal
) (
  input  wire             clk,
  input  wire             rst,
  input  wire [63:0]      cycle_i,
  output wire [LANES*WIDTH-1:0] tdata_o,
  output wire             tlast_o,
  output wire             tvalid_o,
  input  wire             tready_i
);
  localparam TOTAL = BEATS * FRAMES;

  reg [LANES*WIDTH-1:0] vectors [0:TOTAL-1];
  reg [63:0]      first_cycle [0:FRAMES-1];  // in which a frame's first beat was accepted

  integer    sent_q;   // beats, of all frames
  integer    beat_q;
  integer    frame_q;
  reg        valid_q;
  reg [31:0] random_q;

  integer    stall;
  reg [31:0] seed;

  wire accept = valid_q & tready_i;
  wire pause  = {22'd0, random_q[15:6]} * 100 < stall * 1024;

  initial begin
    $readmemh(FILE, vectors);
    if (!$value$plusargs("stall=%d", stall)) stall = 0;
    if (!$value$plusargs("seed=%d", seed)) seed = 0;
  end

  always @(posedge clk) begin
    random_q <= random_q * 32'd1664525 + 32'd1013904223;
    if (rst) begin
      sent_q   <= 0;
      beat_q   <= 0;
      frame_q  <= 0;
      valid_q  <= 1'b0;
      random_q <= (seed + 32'd1) * 32'd2654435769 ^ NUMBER * 32'd40503;
    end else begin
      if (accept) begin
        if (beat_q == 0) first_cycle[frame_q] <= cycle_i;
        sent_q  <= sent_q + 1;
        beat_q  <= beat_q == BEATS - 1 ? 0 : beat_q + 1;
        frame_q <= beat_q == BEATS - 1 ? frame_q + 1 : frame_q;
      end
      if (accept | ~valid_q) valid_q <= ~pause & (sent_q + (accept ? 1 : 0) < TOTAL);
    end
  end

  // Nothing may depend on the data of a beat that is not valid.
  assign tdata_o  = valid_q ? vectors[sent_q] : {LANES*WIDTH{1'bx}};
  assign tlast_o  = valid_q ? beat_q == BEATS - 1 : 1'bx;
  assign tvalid_o = valid_q;
endmodule
