// Test bench: takes frames from an AXI4-Stream, compares every beat with the expected one, bit for bit, writes what came to
// a file, and checks the protocol: TLAST in a frame's last beat only, an offered beat stays as it is until it is accepted.
// +stall=PERCENT makes it pause at random, +seed=N chooses how.
module sluice_stream_sink #(
  parameter WIDTH    = 8,   // of an element
  parameter LANES    = 1,   // elements of a beat
  parameter BEATS    = 1,
  parameter FRAMES   = 1,
  parameter NUMBER   = 0,   // of the stream: each has its own random numbers
  parameter NAME     = "",
  parameter EXPECTED = "",  // file: a beat a line, in hexadecimal
  parameter ACTUAL   = ""   // file to write
) (
  input  wire             clk,
  input  wire             rst,
  input  wire [63:0]      cycle_i,
  input  wire [LANES*WIDTH-1:0] tdata_i,
  input  wire             tlast_i,
  input  wire             tvalid_i,
  output wire             tready_o
);
  localparam TOTAL = BEATS * FRAMES;
  localparam SHOWN = 10;  // mismatches that are printed

  reg [LANES*WIDTH-1:0] expected [0:TOTAL-1];
  reg [63:0]      last_cycle [0:FRAMES-1];  // in which a frame's last beat was accepted

  integer    received_q;  // beats, of all frames
  integer    beat_q;
  integer    frame_q;     // frames that are complete
  integer    mismatches_q;
  integer    violations_q;
  reg        ready_q;
  reg [31:0] random_q;

  reg             waiting_q;  // a beat was offered and not accepted
  reg [LANES*WIDTH-1:0] waiting_data_q;
  reg             waiting_last_q;

  integer    lane;
  integer    wrong;  // elements of a beat
  reg [LANES*WIDTH-1:0] wanted;

  integer    stall;
  reg [31:0] seed;
  integer    file;

  wire accept = tvalid_i & ready_q;
  wire pause  = {22'd0, random_q[15:6]} * 100 < stall * 1024;

  initial begin
    $readmemh(EXPECTED, expected);
    file = $fopen(ACTUAL, "w");
    if (!$value$plusargs("stall=%d", stall)) stall = 0;
    if (!$value$plusargs("seed=%d", seed)) seed = 0;
  end

  always @(posedge clk) begin
    random_q <= random_q * 32'd1664525 + 32'd1013904223;
    ready_q  <= ~pause;
    if (rst) begin
      received_q   <= 0;
      beat_q       <= 0;
      frame_q      <= 0;
      mismatches_q <= 0;
      violations_q <= 0;
      waiting_q    <= 1'b0;
      random_q     <= (seed + 32'd3) * 32'd2654435769 ^ NUMBER * 32'd48271;
    end else begin
      waiting_q      <= tvalid_i & ~ready_q;
      waiting_data_q <= tdata_i;
      waiting_last_q <= tlast_i;
      if (waiting_q && (tvalid_i !== 1'b1 || tdata_i !== waiting_data_q || tlast_i !== waiting_last_q)) begin
        $display("SLUICE violation output=%0s cycle=%0d what=unstable", NAME, cycle_i);
        violations_q <= violations_q + 1;
      end else if (tvalid_i === 1'bx) begin
        $display("SLUICE violation output=%0s cycle=%0d what=unknown_valid", NAME, cycle_i);
        violations_q <= violations_q + 1;
      end else if (accept && received_q >= TOTAL) begin
        $display("SLUICE violation output=%0s cycle=%0d what=extra_beat", NAME, cycle_i);
        violations_q <= violations_q + 1;
      end else if (accept && tlast_i !== (beat_q == BEATS - 1)) begin
        $display("SLUICE violation output=%0s cycle=%0d what=tlast frame=%0d beat=%0d", NAME, cycle_i, frame_q, beat_q);
        violations_q <= violations_q + 1;
      end
      if (accept && received_q < TOTAL) begin
        $fdisplay(file, "%h", tdata_i);
        wrong = 0;
        wanted = expected[received_q];
        for (lane = 0; lane < LANES; lane = lane + 1) begin
          if (tdata_i[lane*WIDTH +: WIDTH] !== wanted[lane*WIDTH +: WIDTH]) begin
            if (mismatches_q + wrong < SHOWN)
              $display("SLUICE mismatch output=%0s frame=%0d index=%0d expected=%h got=%h", NAME, frame_q,
                       beat_q * LANES + lane, wanted[lane*WIDTH +: WIDTH], tdata_i[lane*WIDTH +: WIDTH]);
            wrong = wrong + 1;
          end
        end
        mismatches_q <= mismatches_q + wrong;
        received_q <= received_q + 1;
        beat_q     <= beat_q == BEATS - 1 ? 0 : beat_q + 1;
        if (beat_q == BEATS - 1) begin
          last_cycle[frame_q] <= cycle_i;
          frame_q             <= frame_q + 1;
        end
      end
    end
  end

  assign tready_o = ready_q;
endmodule
