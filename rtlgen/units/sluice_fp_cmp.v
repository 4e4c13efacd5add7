// Ordered comparison of floating-point numbers: false if either is NaN; -0 equals +0; subnormals count as zero.
// y = a < b (mode_i 0), a <= b (1), a == b (2)
// latency: 0
//
// cuts: 0
module sluice_fp_cmp #(
    parameter EXP = 8,
    parameter MAN = 23
) (
    input  wire [EXP+MAN:0] a_i,
    input  wire [EXP+MAN:0] b_i,
    input  wire [1:0]       mode_i,
    output wire             y_o
);

    wire a_zero, a_nan, unused_a_infinite;
    wire b_zero, b_nan, unused_b_infinite;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_a (
        .x_i(a_i[EXP+MAN-1:0]), .zero_o(a_zero), .infinite_o(unused_a_infinite), .nan_o(a_nan)
    );
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_b (
        .x_i(b_i[EXP+MAN-1:0]), .zero_o(b_zero), .infinite_o(unused_b_infinite), .nan_o(b_nan)
    );

    wire a_sign  = a_i[EXP+MAN];
    wire b_sign  = b_i[EXP+MAN];
    wire smaller = a_i[EXP+MAN-1:0] < b_i[EXP+MAN-1:0];  // by magnitude
    wire same    = a_i[EXP+MAN-1:0] == b_i[EXP+MAN-1:0];
    wire zeros   = a_zero & b_zero;

    wire equal = zeros | (same & (a_sign == b_sign));
    wire less  = ~equal & (a_sign != b_sign ? a_sign : smaller ^ a_sign);

    assign y_o = ~(a_nan | b_nan) & (mode_i[1] ? equal : less | (mode_i[0] & equal));

endmodule
