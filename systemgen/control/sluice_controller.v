// Says when an actor may start its next firing, number firing_i of a frame. Each gate watches one neighbour on one
// channel, whose pulses count firings that have written (a token) or read (a credit) all of their data: its slack is the
// number of pulses that came less the number that the next firing needs, and the gate is open when that is not negative.
//   WIDTHS   bits of each gate's slack, with its sign
//   INITIAL  slack at reset, by gate, signed
//   STEPS    by gate, then by firing t of a frame: pulses that firing t + 1 needs more than firing t; of the last, those
//            that the next frame's first firing needs more
// A gate's first entry is lowest in STEPS, as is gate 0 in all. A pulse opens a gate in the next cycle: no path leads
// from pulse_i to go_o. fire_i must be 0 where go_o is 0.
module sluice_controller #(
  parameter GATES       = 1,
  parameter FIRINGS     = 4,  // of a frame, or of a part of one if all such parts are the same
  parameter FIRING_BITS = FIRINGS > 1 ? $clog2(FIRINGS) : 1,
  parameter STEP_BITS   = 1,
  parameter [GATES*32-1:0]                WIDTHS  = {GATES{32'd4}},
  parameter [GATES*32-1:0]                INITIAL = {GATES{32'd0}},
  parameter [GATES*FIRINGS*STEP_BITS-1:0] STEPS   = {GATES*FIRINGS*STEP_BITS{1'b1}}
) (
  input  wire                   clk,
  input  wire                   rst,
  input  wire [GATES-1:0]       pulse_i,
  input  wire [FIRING_BITS-1:0] firing_i,
  input  wire                   fire_i,
  output wire                   go_o
);
  wire [GATES-1:0] open;
  genvar g, b, t;
  generate
    for (g = 0; g < GATES; g = g + 1) begin : g_gate
      localparam        WIDTH = WIDTHS[g*32 +: 32];
      localparam [31:0] START = INITIAL[g*32 +: 32];

      // What a firing adds to the slack: a table for each bit, so that tools see functions of firing_i with few ones or
      // few zeros.
      wire [WIDTH-1:0] change;
      for (b = 0; b < WIDTH; b = b + 1) begin : g_bit
        wire [FIRINGS-1:0] entries;
        for (t = 0; t < FIRINGS; t = t + 1) begin : g_entry
          localparam [WIDTH+STEP_BITS-1:0] CHANGE = -{{WIDTH{1'b0}}, STEPS[(g*FIRINGS + t)*STEP_BITS +: STEP_BITS]};
          assign entries[t] = CHANGE[b];
        end
        assign change[b] = entries[firing_i];
      end

      reg [WIDTH-1:0] slack_q;

      always @(posedge clk) begin
        if (rst) slack_q <= START[WIDTH-1:0];
        else     slack_q <= slack_q + (change & {WIDTH{fire_i}}) + {{(WIDTH-1){1'b0}}, pulse_i[g]};
      end

      assign open[g] = ~slack_q[WIDTH-1];
    end
  endgenerate

  assign go_o = &open;
endmodule
