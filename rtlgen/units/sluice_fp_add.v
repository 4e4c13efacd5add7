// Floating-point sum or difference, rounded to nearest even, subnormals flushed on input and output.
// y = mode_i ? a - b : a + b
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  order the operands by magnitude, distance of their exponents
//         1  align the smaller one, invert it for a subtraction
//         2  add or subtract
//         3  normalise, wide steps
//         4  normalise, narrow steps
//         5  round
//         6  choose between the number and the special results
//
// cuts: 6
module sluice_fp_add #(
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

    localparam SUM   = MAN + 5;      // carry, significand, guard, round, sticky
    localparam COUNT = $clog2(SUM);
    localparam WE    = (EXP > COUNT ? EXP : COUNT) + 2;
    localparam SIDE  = EXP + 4;      // what travels beside the significands

    // ---- segment 0
    wire [EXP+MAN-1:0] a_magnitude = a_i[EXP+MAN-1:0];
    wire [EXP+MAN-1:0] b_magnitude = b_i[EXP+MAN-1:0];
    wire [EXP-1:0]     a_exponent  = a_i[EXP+MAN-1:MAN];
    wire [EXP-1:0]     b_exponent  = b_i[EXP+MAN-1:MAN];
    wire               a_sign      = a_i[EXP+MAN];
    wire               b_sign      = b_i[EXP+MAN] ^ mode_i;

    wire a_zero, a_infinite, a_nan;
    wire b_zero, b_infinite, b_nan;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_a (
        .x_i(a_magnitude), .zero_o(a_zero), .infinite_o(a_infinite), .nan_o(a_nan)
    );
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_b (
        .x_i(b_magnitude), .zero_o(b_zero), .infinite_o(b_infinite), .nan_o(b_nan)
    );

    wire [MAN:0] a_significand = a_zero ? {(MAN+1){1'b0}} : {1'b1, a_i[MAN-1:0]};
    wire [MAN:0] b_significand = b_zero ? {(MAN+1){1'b0}} : {1'b1, b_i[MAN-1:0]};

    // Both differences beside the comparison, which then only selects.
    wire [EXP-1:0] a_above_b = a_exponent - b_exponent;
    wire [EXP-1:0] b_above_a = b_exponent - a_exponent;
    wire           swap      = a_magnitude < b_magnitude;
    wire           subtract  = a_sign ^ b_sign;

    wire [MAN:0]    large_0    = swap ? b_significand : a_significand;
    wire [MAN:0]    small_0    = swap ? a_significand : b_significand;
    wire [EXP-1:0]  distance_0 = swap ? b_above_a : a_above_b;
    wire [SIDE-1:0] side_0     = {
        a_nan | b_nan | (a_infinite & b_infinite & subtract),
        a_infinite | b_infinite,
        subtract,
        swap ? b_sign : a_sign,
        swap ? b_exponent : a_exponent
    };

    wire [SIDE-1:0] side_1;
    wire [MAN:0]    large_1;
    wire [MAN:0]    small_1;
    wire [EXP-1:0]  distance_1;
    sluice_pipe #(.WIDTH(SIDE + 2 * (MAN + 1) + EXP), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk),
        .d_i({side_0, large_0, small_0, distance_0}),
        .d_o({side_1, large_1, small_1, distance_1})
    );

    // ---- segment 1
    wire [MAN+2:0] shifted;
    wire           sticky;
    sluice_shift_sticky #(.WIDTH(MAN + 3), .AMOUNT(EXP)) i_align (
        .x_i({small_1, 2'b00}), .amount_i(distance_1), .y_o(shifted), .sticky_o(sticky)
    );

    wire [SIDE-1:0] side_2;
    wire [MAN:0]    large_2;
    wire [MAN+3:0]  addend_2;
    sluice_pipe #(.WIDTH(SIDE + MAN + 1 + MAN + 4), .ENABLE(CUTS[1])) i_cut_1 (
        .clk(clk),
        .d_i({side_1, large_1, {shifted, sticky} ^ {(MAN+4){side_1[EXP+1]}}}),
        .d_o({side_2, large_2, addend_2})
    );

    // ---- segment 2: the added lowest place makes the carry in of a subtraction
    wire           minus = side_2[EXP+1];
    wire [SUM:0]   total = {1'b0, large_2, 3'b000, minus} + {minus, addend_2, minus};
    wire           unused_place = total[0];

    wire [SIDE-1:0] side_3;
    wire [SUM-1:0]  sum_3;
    sluice_pipe #(.WIDTH(SIDE + SUM), .ENABLE(CUTS[2])) i_cut_2 (
        .clk(clk),
        .d_i({side_2, total[SUM:1]}),
        .d_o({side_3, sum_3})
    );

    // ---- segments 3 and 4
    wire [SUM-1:0]   normal_4;
    wire [COUNT-1:0] count_4;
    sluice_normalise #(.WIDTH(SUM), .COUNT(COUNT), .CUT(CUTS[3])) i_normalise (
        .clk(clk), .x_i(sum_3), .y_o(normal_4), .count_o(count_4)
    );

    wire [SIDE-1:0] side_4;
    sluice_pipe #(.WIDTH(SIDE), .ENABLE(CUTS[3])) i_cut_3 (
        .clk(clk), .d_i(side_3), .d_o(side_4)
    );

    wire [SUM-1:0]   normal;
    wire [COUNT-1:0] count;
    wire [EXP-1:0]   exponent;
    wire             nan, infinite, subtracted, sign;
    sluice_pipe #(.WIDTH(SIDE + SUM + COUNT), .ENABLE(CUTS[4])) i_cut_4 (
        .clk(clk),
        .d_i({side_4, normal_4, count_4}),
        .d_o({nan, infinite, subtracted, sign, exponent, normal, count})
    );

    // ---- segments 5 and 6: x - x is +0, and -0 + -0 is -0
    wire zero = ~normal[SUM-1];
    sluice_fp_round #(.EXP(EXP), .MAN(MAN), .WE(WE), .CUT(CUTS[5])) i_round (
        .clk       (clk),
        .sign_i    (sign & ~(zero & subtracted)),
        .exponent_i({{(WE-EXP){1'b0}}, exponent} + {{(WE-1){1'b0}}, 1'b1} - {{(WE-COUNT){1'b0}}, count}),
        .fraction_i(normal[SUM-2:4]),
        .guard_i   (normal[3]),
        .sticky_i  (|normal[2:0]),
        .nan_i     (nan),
        .infinite_i(infinite),
        .zero_i    (zero),
        .y_o       (y_o)
    );

endmodule
