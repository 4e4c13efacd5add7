// Says when an actor may start its next firing. Each gate watches one neighbour on one channel, whose pulses count
// firings that have written (a token) or read (a credit) all of their data: its slack is the number of pulses that came
// less the number that the next firing needs, and the gate is open when that is not negative.
//   INITIAL  slack at reset, by gate, signed
//   STEPS    by gate, then by firing t of a frame: pulses that firing t + 1 needs more than firing t; of the last, those
//            that the next frame's first firing needs more
// A gate's first entry is lowest in STEPS, as is gate 0 in all. A pulse opens a gate in the next cycle: no path leads
// from pulse_i to go_o. fire_i must be 0 where go_o is 0.
module sluice_controller #(
  parameter GATES      = 1,
  parameter FIRINGS    = 4,  // of a frame
  parameter COUNT_BITS = 4,  // of a slack, with its sign; more than STEP_BITS
  parameter STEP_BITS  = 1,
  parameter [GATES*COUNT_BITS-1:0]        INITIAL = {GATES*COUNT_BITS{1'b0}},
  parameter [GATES*FIRINGS*STEP_BITS-1:0] STEPS   = {GATES*FIRINGS*STEP_BITS{1'b1}}
) (
  input  wire             clk,
  input  wire             rst,
  input  wire [GATES-1:0] pulse_i,
  input  wire             fire_i,
  output wire             go_o
);
  localparam FIRING_BITS = FIRINGS > 1 ? $clog2(FIRINGS) : 1;

  wire [FIRING_BITS-1:0] firing;  // the next one
  wire                   unused_last;
  sluice_count #(.COUNT(FIRINGS)) u_firing (
    .clk(clk), .rst(rst), .step_i(fire_i), .value_o(firing), .last_o(unused_last)
  );

  wire [GATES-1:0] open;
  genvar g, b, t;
  generate
    for (g = 0; g < GATES; g = g + 1) begin : g_gate
      // A table for each bit, so that tools see functions of `firing` with few ones or few zeros.
      wire [STEP_BITS-1:0] step;
      for (b = 0; b < STEP_BITS; b = b + 1) begin : g_bit
        wire [FIRINGS-1:0] entries;
        for (t = 0; t < FIRINGS; t = t + 1) begin : g_entry
          assign entries[t] = STEPS[(g*FIRINGS + t)*STEP_BITS + b];
        end
        assign step[b] = entries[firing];
      end

      reg [COUNT_BITS-1:0] slack_q;

      wire [STEP_BITS:0] change = {{STEP_BITS{1'b0}}, pulse_i[g]} - {1'b0, step & {STEP_BITS{fire_i}}};

      always @(posedge clk) begin
        if (rst) slack_q <= INITIAL[g*COUNT_BITS +: COUNT_BITS];
        else     slack_q <= slack_q + {{(COUNT_BITS-STEP_BITS){change[STEP_BITS]}}, change[STEP_BITS-1:0]};
      end

      assign open[g] = ~slack_q[COUNT_BITS-1];
    end
  endgenerate

  assign go_o = &open;
endmodule
