// One floating-point format to another, rounded to nearest even, subnormals flushed on input and output.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  round, change the bias
//         1  choose between the number and the special results
//
// cuts: 1
module sluice_fp_convert #(
    parameter        EXP_A = 8,
    parameter        MAN_A = 23,
    parameter        EXP_Y = 5,
    parameter        MAN_Y = 10,
    parameter [63:0] CUTS  = 64'd0
) (
    input  wire                 clk,
    input  wire [EXP_A+MAN_A:0] a_i,
    output wire [EXP_Y+MAN_Y:0] y_o
);

    localparam WE   = (EXP_A > EXP_Y ? EXP_A : EXP_Y) + 2;
    localparam LONG = MAN_A + MAN_Y + 2;  // fraction, guard, and at least one more, however few bits come in

    localparam [WE-1:0] BIAS_A = {{(WE-EXP_A+1){1'b0}}, {(EXP_A-1){1'b1}}};
    localparam [WE-1:0] BIAS_Y = {{(WE-EXP_Y+1){1'b0}}, {(EXP_Y-1){1'b1}}};

    wire zero, infinite, nan;
    sluice_fp_classify #(.EXP(EXP_A), .MAN(MAN_A)) i_classify (
        .x_i(a_i[EXP_A+MAN_A-1:0]), .zero_o(zero), .infinite_o(infinite), .nan_o(nan)
    );

    wire [LONG-1:0] fraction = {a_i[MAN_A-1:0], {(MAN_Y+2){1'b0}}};

    sluice_fp_round #(.EXP(EXP_Y), .MAN(MAN_Y), .WE(WE), .CUT(CUTS[0])) i_round (
        .clk       (clk),
        .sign_i    (a_i[EXP_A+MAN_A]),
        .exponent_i({{(WE-EXP_A){1'b0}}, a_i[EXP_A+MAN_A-1:MAN_A]} + (BIAS_Y - BIAS_A)),
        .fraction_i(fraction[LONG-1 -: MAN_Y]),
        .guard_i   (fraction[LONG-1-MAN_Y]),
        .sticky_i  (|fraction[LONG-2-MAN_Y:0]),
        .nan_i     (nan),
        .infinite_i(infinite),
        .zero_i    (zero),
        .y_o       (y_o)
    );

endmodule
