// Floating-point product, rounded to nearest even, subnormals flushed on input and output.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0       to the multiplier's operand registers
//         1 to 5  those of sluice_product; in the first, add the exponents
//         6       normalise and round
//         7       choose between the number and the special results
//
// cuts: 7
module sluice_fp_mul #(
    parameter        EXP  = 8,
    parameter        MAN  = 23,  // at least 2
    parameter [63:0] CUTS = 64'd0
) (
    input  wire             clk,
    input  wire [EXP+MAN:0] a_i,
    input  wire [EXP+MAN:0] b_i,
    output wire [EXP+MAN:0] y_o
);

    localparam WE   = EXP + 2;
    localparam SIDE = WE + 4;  // what travels beside the significands
    localparam PROD = 2 * (MAN + 1);

    localparam [WE-1:0] BIAS = {3'b000, {(EXP-1){1'b1}}};

    // ---- segment 0
    wire [EXP+MAN:0] a;
    wire [EXP+MAN:0] b;
    sluice_pipe #(.WIDTH(2 * (EXP + MAN + 1)), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk), .d_i({a_i, b_i}), .d_o({a, b})
    );

    // ---- segments 1 to 5
    wire [PROD-1:0] product_5;
    sluice_product #(
        .WA(MAN + 1), .SA(0), .WB(MAN + 1), .SB(0), .WY(PROD), .CUTS(CUTS[4:1])
    ) i_product (
        .clk(clk), .a_i({1'b1, a[MAN-1:0]}), .b_i({1'b1, b[MAN-1:0]}), .y_o(product_5)
    );

    wire a_zero, a_infinite, a_nan;
    wire b_zero, b_infinite, b_nan;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_a (
        .x_i(a[EXP+MAN-1:0]), .zero_o(a_zero), .infinite_o(a_infinite), .nan_o(a_nan)
    );
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_b (
        .x_i(b[EXP+MAN-1:0]), .zero_o(b_zero), .infinite_o(b_infinite), .nan_o(b_nan)
    );

    wire [SIDE-1:0] side_1 = {
        a_nan | b_nan | (a_infinite & b_zero) | (a_zero & b_infinite),
        a_infinite | b_infinite,
        a_zero | b_zero,
        a[EXP+MAN] ^ b[EXP+MAN],
        {2'b00, a[EXP+MAN-1:MAN]} + {2'b00, b[EXP+MAN-1:MAN]} - BIAS
    };

    wire [SIDE-1:0] side_2;
    wire [SIDE-1:0] side_3;
    wire [SIDE-1:0] side_4;
    wire [SIDE-1:0] side_5;
    sluice_pipe #(.WIDTH(SIDE), .ENABLE(CUTS[1])) i_cut_1 (.clk(clk), .d_i(side_1), .d_o(side_2));
    sluice_pipe #(.WIDTH(SIDE), .ENABLE(CUTS[2])) i_cut_2 (.clk(clk), .d_i(side_2), .d_o(side_3));
    sluice_pipe #(.WIDTH(SIDE), .ENABLE(CUTS[3])) i_cut_3 (.clk(clk), .d_i(side_3), .d_o(side_4));
    sluice_pipe #(.WIDTH(SIDE), .ENABLE(CUTS[4])) i_cut_4 (.clk(clk), .d_i(side_4), .d_o(side_5));

    wire            nan, infinite, zero, sign;
    wire [WE-1:0]   exponent;
    wire [PROD-1:0] product;
    sluice_pipe #(.WIDTH(SIDE + PROD), .ENABLE(CUTS[5])) i_cut_5 (
        .clk(clk),
        .d_i({side_5, product_5}),
        .d_o({nan, infinite, zero, sign, exponent, product})
    );

    // ---- segments 6 and 7: the product of two numbers in [1, 2) is in [1, 4)
    wire           two    = product[PROD-1];
    wire [MAN+1:0] normal = two ? product[PROD-2:MAN-1] : {product[PROD-3:MAN-1], 1'b0};
    wire           rest   = |product[MAN-2:0];

    sluice_fp_round #(.EXP(EXP), .MAN(MAN), .WE(WE), .CUT(CUTS[6])) i_round (
        .clk       (clk),
        .sign_i    (sign),
        .exponent_i(exponent + {{(WE-1){1'b0}}, two}),
        .fraction_i(normal[MAN+1:2]),
        .guard_i   (normal[1]),
        .sticky_i  (normal[0] | rest),
        .nan_i     (nan),
        .infinite_i(infinite),
        .zero_i    (zero),
        .y_o       (y_o)
    );

endmodule
