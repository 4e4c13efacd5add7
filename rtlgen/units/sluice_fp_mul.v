// Floating-point product, rounded to nearest even, subnormals flushed on input and output.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  to the multiplier's operand registers
//         1  multiply
//         2  multiply, second half: a register on each side of it lets synthesis fill the pipeline of the DSP blocks
//         3  normalise and round
//
// cuts: 3
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
    wire a_zero, a_infinite, a_nan;
    wire b_zero, b_infinite, b_nan;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_a (
        .x_i(a_i[EXP+MAN-1:0]), .zero_o(a_zero), .infinite_o(a_infinite), .nan_o(a_nan)
    );
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_b (
        .x_i(b_i[EXP+MAN-1:0]), .zero_o(b_zero), .infinite_o(b_infinite), .nan_o(b_nan)
    );

    wire [SIDE-1:0] side_0 = {
        a_nan | b_nan | (a_infinite & b_zero) | (a_zero & b_infinite),
        a_infinite | b_infinite,
        a_zero | b_zero,
        a_i[EXP+MAN] ^ b_i[EXP+MAN],
        {2'b00, a_i[EXP+MAN-1:MAN]} + {2'b00, b_i[EXP+MAN-1:MAN]} - BIAS
    };

    wire [SIDE-1:0] side_1;
    wire [MAN-1:0]  a_fraction_1;
    wire [MAN-1:0]  b_fraction_1;
    sluice_pipe #(.WIDTH(SIDE + 2 * MAN), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk),
        .d_i({side_0, a_i[MAN-1:0], b_i[MAN-1:0]}),
        .d_o({side_1, a_fraction_1, b_fraction_1})
    );

    // ---- segments 1 and 2
    wire [PROD-1:0] product_1 = {1'b1, a_fraction_1} * {1'b1, b_fraction_1};

    wire [SIDE-1:0] side_2;
    wire [PROD-1:0] product_2;
    sluice_pipe #(.WIDTH(SIDE + PROD), .ENABLE(CUTS[1])) i_cut_1 (
        .clk(clk),
        .d_i({side_1, product_1}),
        .d_o({side_2, product_2})
    );

    wire            nan, infinite, zero, sign;
    wire [WE-1:0]   exponent;
    wire [PROD-1:0] product;
    sluice_pipe #(.WIDTH(SIDE + PROD), .ENABLE(CUTS[2])) i_cut_2 (
        .clk(clk),
        .d_i({side_2, product_2}),
        .d_o({nan, infinite, zero, sign, exponent, product})
    );

    // ---- segment 3: the product of two numbers in [1, 2) is in [1, 4)
    wire           two    = product[PROD-1];
    wire [MAN+1:0] normal = two ? product[PROD-2:MAN-1] : {product[PROD-3:MAN-1], 1'b0};
    wire           rest   = |product[MAN-2:0];

    sluice_fp_round #(.EXP(EXP), .MAN(MAN), .WE(WE)) i_round (
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
