// A controller against counters of what its neighbours did: pulses that have come since the frame's start are compared
// with what each firing needs, by gate and then by firing.
module controller_proof #(
  parameter GATES      = 2,
  parameter FIRINGS    = 3,
  parameter BITS       = 6,  // of the counters, signed
  parameter STEP_BITS  = 2,
  parameter [GATES*FIRINGS*BITS-1:0]      NEEDED  = 0,
  parameter [GATES*BITS-1:0]              FRAME   = 0,  // pulses of a frame
  parameter [GATES*BITS-1:0]              AHEAD   = 0,  // that may come before they are needed
  parameter [GATES*32-1:0]                WIDTHS  = 0,
  parameter [GATES*32-1:0]                INITIAL = 0,
  parameter [GATES*FIRINGS*STEP_BITS-1:0] STEPS   = 0
) (
  input wire             clk,
  input wire             want_i,
  input wire [GATES-1:0] pulse_i
);
  localparam FIRING_BITS = FIRINGS > 1 ? $clog2(FIRINGS) : 1;

  reg rst = 1;
  always @(posedge clk) rst <= 0;

  reg  [FIRING_BITS-1:0] firing_q;
  wire                   go;
  wire                   fire = go & want_i;
  wire                   frame_ends = fire & firing_q == FIRINGS - 1;
  wire [GATES-1:0]       pulse, enough;

  sluice_controller #(
    .GATES(GATES), .FIRINGS(FIRINGS), .STEP_BITS(STEP_BITS), .WIDTHS(WIDTHS), .INITIAL(INITIAL), .STEPS(STEPS)
  ) u_controller (.clk(clk), .rst(rst), .pulse_i(pulse), .firing_i(firing_q), .fire_i(fire), .go_o(go));

  always @(posedge clk) begin
    if (rst)       firing_q <= 0;
    else if (fire) firing_q <= frame_ends ? 0 : firing_q + 1;
  end

  genvar g;
  generate
    for (g = 0; g < GATES; g = g + 1) begin : g_gate
      reg signed  [BITS-1:0] pulses_q;
      wire signed [BITS-1:0] needed = NEEDED[(g*FIRINGS + firing_q)*BITS +: BITS];
      wire signed [BITS-1:0] most   = needed + AHEAD[g*BITS +: BITS];

      assign enough[g] = pulses_q >= needed;
      assign pulse[g]  = pulse_i[g] & pulses_q < most;

      always @(posedge clk) begin
        if (rst) pulses_q <= 0;
        else     pulses_q <= pulses_q + pulse[g] - (frame_ends ? FRAME[g*BITS +: BITS] : 0);
      end
    end
  endgenerate

  always @* if (!rst) assert(go == &enough);
endmodule
