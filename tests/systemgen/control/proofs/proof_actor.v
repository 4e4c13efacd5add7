// An actor as its channel sees it: it fires when its gate is open and it likes to, and each firing ends with a pulse, after
// any time, in the order of their starts; FLYING of them at most are on their way. A firing's accesses are from the
// cycle after its start to the cycle after its pulse, which may come as soon as its start.
// STARTED and ENDED are rows of a frame by firing, cumulative: one grows when a firing starts, the other when its last
// access is over.
module proof_actor #(
  parameter BITS    = 4,  // of rows
  parameter FIRINGS = 1,
  parameter FLYING  = 3,
  parameter [BITS-1:0]         ROWS    = 1,
  parameter [FIRINGS*BITS-1:0] STARTED = 1,
  parameter [FIRINGS*BITS-1:0] ENDED   = 1
) (
  input  wire            clk,
  input  wire            rst,
  input  wire            go_i,
  input  wire            want_i,
  input  wire            end_i,
  output wire            fire_o,
  output wire            pulse_o,
  output wire            quiet_o,    // no firing is on its way, and the effects of all are to be seen
  output wire [BITS-1:0] next_o,     // rows by which STARTED grows with the next firing
  output wire [BITS-1:0] started_o,  // by which it grows at the end of this cycle
  output wire [BITS-1:0] ended_o     // by which ENDED grows at the end of this cycle
);
  localparam FIRING_BITS = FIRINGS > 1 ? $clog2(FIRINGS) : 1;

  reg [FIRING_BITS-1:0] start_q;  // the next firing to start
  reg [FIRING_BITS-1:0] end_q;    // the next to end
  reg [1:0]             flying_q;
  reg [BITS-1:0]        ended_q;

  // Rows that a firing's entry has more than that of the firing before it.
  wire [FIRINGS*BITS-1:0] starts, ends;
  genvar t;
  generate
    for (t = 0; t < FIRINGS; t = t + 1) begin : g_firing
      localparam BEFORE = (t + FIRINGS - 1) % FIRINGS * BITS;
      localparam [BITS-1:0] FRAME = t == 0 ? ROWS : 0;
      assign starts[t*BITS +: BITS] = STARTED[t*BITS +: BITS] - STARTED[BEFORE +: BITS] + FRAME;
      assign ends[t*BITS +: BITS]   = ENDED[t*BITS +: BITS] - ENDED[BEFORE +: BITS] + FRAME;
    end
  endgenerate

  always @(posedge clk) begin
    if (rst) begin
      start_q  <= 0;
      end_q    <= 0;
      flying_q <= 0;
      ended_q  <= 0;
    end else begin
      if (fire_o)  start_q <= start_q == FIRINGS - 1 ? 0 : start_q + 1;
      if (pulse_o) end_q   <= end_q == FIRINGS - 1 ? 0 : end_q + 1;
      flying_q <= flying_q + fire_o - pulse_o;
      ended_q  <= pulse_o ? ends[end_q*BITS +: BITS] : 0;
    end
  end

  assign fire_o    = go_i & want_i & flying_q < FLYING;
  assign pulse_o   = end_i & (flying_q != 0 | fire_o);
  assign quiet_o   = flying_q == 0 & ended_q == 0;
  assign next_o    = starts[start_q*BITS +: BITS];
  assign started_o = fire_o ? next_o : 0;
  assign ended_o   = ended_q;
endmodule
