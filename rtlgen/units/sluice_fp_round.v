// Rounds 1.fraction * 2^exponent to nearest even and packs it. After rounding, an exponent that is too large gives
// infinity and one that is too small zero. nan_i, infinite_i, zero_i replace the result, in this order.
// latency: CUT ? 1 : 0; the register sits between the rounding and the choice of the result
module sluice_fp_round #(
    parameter EXP = 8,
    parameter MAN = 23,
    parameter WE  = EXP + 2,  // bits of the exponent before rounding, signed
    parameter CUT = 0
) (
    input  wire               clk,
    input  wire               sign_i,
    input  wire [WE-1:0]      exponent_i,  // biased, two's complement
    input  wire [MAN-1:0]     fraction_i,
    input  wire               guard_i,     // the first bit below the fraction
    input  wire               sticky_i,    // any one below that
    input  wire               nan_i,
    input  wire               infinite_i,
    input  wire               zero_i,
    output wire [EXP+MAN:0]   y_o
);

    localparam [WE-1:0] TOP = {{(WE-EXP){1'b0}}, {EXP{1'b1}}};

    // One adder for both fields: the carry out of 1.11..1 steps the exponent and leaves 1.00..0.
    wire up = guard_i & (sticky_i | fraction_i[0]);

    wire           sign, nan, infinite_1, zero_1;
    wire [WE-1:0]  exponent;
    wire [MAN-1:0] fraction;
    sluice_pipe #(.WIDTH(4 + WE + MAN), .ENABLE(CUT)) i_cut (
        .clk(clk),
        .d_i({sign_i, nan_i, infinite_i, zero_i, {exponent_i, fraction_i} + {{(WE+MAN-1){1'b0}}, up}}),
        .d_o({sign, nan, infinite_1, zero_1, exponent, fraction})
    );

    wire underflow = $signed(exponent) <= 0;
    wire overflow  = $signed(exponent) >= $signed(TOP);
    wire zero      = zero_1 | underflow;
    wire infinite  = infinite_1 | (overflow & ~zero_1);

    assign y_o = nan      ? {1'b0, {EXP{1'b1}}, 1'b1, {(MAN-1){1'b0}}} :
                 infinite ? {sign, {EXP{1'b1}}, {MAN{1'b0}}} :
                 zero     ? {sign, {(EXP+MAN){1'b0}}} :
                            {sign, exponent[EXP-1:0], fraction};

endmodule
