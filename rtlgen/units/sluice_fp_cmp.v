// Ordered comparison of floating-point numbers: false if either is NaN; -0 equals +0; subnormals count as zero.
// y = a < b (mode_i 0), a <= b (1), a == b (2)
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  compare the magnitudes
//         1  decide by signs and mode
//
// cuts: 1
module sluice_fp_cmp #(
    parameter        EXP  = 8,
    parameter        MAN  = 23,
    parameter [63:0] CUTS = 64'd0
) (
    input  wire             clk,
    input  wire [EXP+MAN:0] a_i,
    input  wire [EXP+MAN:0] b_i,
    input  wire [1:0]       mode_i,
    output wire             y_o
);

    // ---- segment 0
    wire a_zero, a_nan, unused_a_infinite;
    wire b_zero, b_nan, unused_b_infinite;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_a (
        .x_i(a_i[EXP+MAN-1:0]), .zero_o(a_zero), .infinite_o(unused_a_infinite), .nan_o(a_nan)
    );
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_b (
        .x_i(b_i[EXP+MAN-1:0]), .zero_o(b_zero), .infinite_o(unused_b_infinite), .nan_o(b_nan)
    );

    wire nan, zeros, a_sign, b_sign;
    wire smaller, same;  // by magnitude
    wire [1:0] mode;
    sluice_pipe #(.WIDTH(8), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk),
        .d_i({a_nan | b_nan, a_zero & b_zero, a_i[EXP+MAN], b_i[EXP+MAN],
              a_i[EXP+MAN-1:0] < b_i[EXP+MAN-1:0], a_i[EXP+MAN-1:0] == b_i[EXP+MAN-1:0], mode_i}),
        .d_o({nan, zeros, a_sign, b_sign, smaller, same, mode})
    );

    // ---- segment 1
    wire equal = zeros | (same & (a_sign == b_sign));
    wire less  = ~equal & (a_sign != b_sign ? a_sign : smaller ^ a_sign);

    assign y_o = ~nan & (mode[1] ? equal : less | (mode[0] & equal));

endmodule
