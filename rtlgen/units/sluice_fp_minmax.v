// The smaller (mode_i 0) or larger (mode_i 1) of two floating-point numbers: NaN if either is NaN; -0 is below +0;
// subnormals count as zero and leave as zero.
// latency: 0
//
// cuts: 0
module sluice_fp_minmax #(
    parameter EXP = 8,
    parameter MAN = 23
) (
    input  wire [EXP+MAN:0] a_i,
    input  wire [EXP+MAN:0] b_i,
    input  wire             mode_i,
    output wire [EXP+MAN:0] y_o
);

    wire a_zero, a_nan, unused_a_infinite;
    wire b_zero, b_nan, unused_b_infinite;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_a (
        .x_i(a_i[EXP+MAN-1:0]), .zero_o(a_zero), .infinite_o(unused_a_infinite), .nan_o(a_nan)
    );
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_b (
        .x_i(b_i[EXP+MAN-1:0]), .zero_o(b_zero), .infinite_o(unused_b_infinite), .nan_o(b_nan)
    );

    wire               a_sign      = a_i[EXP+MAN];
    wire               b_sign      = b_i[EXP+MAN];
    wire [EXP+MAN-1:0] a_magnitude = a_zero ? {(EXP+MAN){1'b0}} : a_i[EXP+MAN-1:0];
    wire [EXP+MAN-1:0] b_magnitude = b_zero ? {(EXP+MAN){1'b0}} : b_i[EXP+MAN-1:0];

    // Of equal numbers it does not matter which one is taken.
    wire less = a_sign != b_sign ? a_sign : (a_magnitude < b_magnitude) ^ a_sign;

    assign y_o = a_nan | b_nan  ? {1'b0, {EXP{1'b1}}, 1'b1, {(MAN-1){1'b0}}} :
                 less ^ mode_i  ? {a_sign, a_magnitude} :
                                  {b_sign, b_magnitude};

endmodule
