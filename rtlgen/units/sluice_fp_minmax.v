// The smaller (mode_i 0) or larger (mode_i 1) of two floating-point numbers: NaN if either is NaN; -0 is below +0;
// subnormals count as zero and leave as zero.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  compare
//         1  select
//
// cuts: 1
module sluice_fp_minmax #(
    parameter        EXP  = 8,
    parameter        MAN  = 23,
    parameter [63:0] CUTS = 64'd0
) (
    input  wire             clk,
    input  wire [EXP+MAN:0] a_i,
    input  wire [EXP+MAN:0] b_i,
    input  wire             mode_i,
    output wire [EXP+MAN:0] y_o
);

    // ---- segment 0: a subnormal may be taken for larger than another zero of its sign, which leaves as the same zero
    wire a_zero, a_nan, unused_a_infinite;
    wire b_zero, b_nan, unused_b_infinite;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_a (
        .x_i(a_i[EXP+MAN-1:0]), .zero_o(a_zero), .infinite_o(unused_a_infinite), .nan_o(a_nan)
    );
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_b (
        .x_i(b_i[EXP+MAN-1:0]), .zero_o(b_zero), .infinite_o(unused_b_infinite), .nan_o(b_nan)
    );

    wire a_sign = a_i[EXP+MAN];
    wire b_sign = b_i[EXP+MAN];
    wire less   = a_sign != b_sign ? a_sign : (a_i[EXP+MAN-1:0] < b_i[EXP+MAN-1:0]) ^ a_sign;

    wire             nan, take_a, zero_a, zero_b;
    wire [EXP+MAN:0] a;
    wire [EXP+MAN:0] b;
    sluice_pipe #(.WIDTH(4 + 2 * (EXP + MAN + 1)), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk),
        .d_i({a_nan | b_nan, less ^ mode_i, a_zero, b_zero, a_i, b_i}),
        .d_o({nan, take_a, zero_a, zero_b, a, b})
    );

    // ---- segment 1
    wire [EXP+MAN:0] taken = take_a ? a : b;
    wire             zero  = take_a ? zero_a : zero_b;

    assign y_o = nan  ? {1'b0, {EXP{1'b1}}, 1'b1, {(MAN-1){1'b0}}} :
                 zero ? {taken[EXP+MAN], {(EXP+MAN){1'b0}}} :
                        taken;

endmodule
