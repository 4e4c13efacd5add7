// Floating point to an integer of WIDTH bits, saturating at its ends; NaN gives 0, subnormals count as zero.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  distance from the integer's places
//         1  align
//         2  round
//         3  saturate
//
// cuts: 3
module sluice_fp_to_int #(
    parameter        EXP      = 8,
    parameter        MAN      = 23,
    parameter        WIDTH    = 32,  // at most 64
    parameter        SIGNED   = 1,
    parameter        ROUNDING = 0,   // 0 nearest even, 1 toward zero, 2 down, 3 up
    parameter [63:0] CUTS     = 64'd0
) (
    input  wire             clk,
    input  wire [EXP+MAN:0] a_i,
    output wire [WIDTH-1:0] y_o
);

    localparam FIXED  = (MAN + 1 > WIDTH ? MAN + 1 : WIDTH) + 2;  // WIDTH integer places, the rest fraction
    localparam AMOUNT = EXP > 7 ? EXP : 7;

    localparam [AMOUNT:0] BIAS    = {{(AMOUNT-EXP+2){1'b0}}, {(EXP-1){1'b1}}};
    localparam [AMOUNT:0] HIGHEST = WIDTH - 1;  // integer place

    // ---- segment 0: the leading one starts at the highest integer place and goes down by the distance
    wire zero, infinite, nan_0;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify (
        .x_i(a_i[EXP+MAN-1:0]), .zero_o(zero), .infinite_o(infinite), .nan_o(nan_0)
    );

    wire [AMOUNT:0] distance_0  = HIGHEST + BIAS - {{(AMOUNT-EXP+1){1'b0}}, a_i[EXP+MAN-1:MAN]};
    wire            too_large_0 = infinite | distance_0[AMOUNT];
    wire [MAN:0]    significand = zero ? {(MAN+1){1'b0}} : {1'b1, a_i[MAN-1:0]};

    wire              sign_1, nan_1, too_large_1;
    wire [AMOUNT-1:0] distance_1;
    wire [MAN:0]      significand_1;
    sluice_pipe #(.WIDTH(3 + AMOUNT + MAN + 1), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk),
        .d_i({a_i[EXP+MAN], nan_0, too_large_0, distance_0[AMOUNT-1:0], significand}),
        .d_o({sign_1, nan_1, too_large_1, distance_1, significand_1})
    );

    // ---- segment 1
    wire [FIXED-1:0] fixed;
    wire             sticky;
    sluice_shift_sticky #(.WIDTH(FIXED), .AMOUNT(AMOUNT)) i_align (
        .x_i({significand_1, {(FIXED-MAN-1){1'b0}}}), .amount_i(distance_1), .y_o(fixed), .sticky_o(sticky)
    );

    wire             sign_2, nan_2, too_large_2, guard, rest;
    wire [WIDTH-1:0] whole;
    sluice_pipe #(.WIDTH(WIDTH + 5), .ENABLE(CUTS[1])) i_cut_1 (
        .clk(clk),
        .d_i({sign_1, nan_1, too_large_1, fixed[FIXED-1:FIXED-WIDTH-1], sticky | (|fixed[FIXED-WIDTH-2:0])}),
        .d_o({sign_2, nan_2, too_large_2, whole, guard, rest})
    );

    // ---- segment 2: the largest magnitude of this sign is also the bits to which it saturates
    localparam [WIDTH-1:0] TOP_BIT = {{(WIDTH-1){1'b0}}, 1'b1} << (WIDTH - 1);

    wire [WIDTH-1:0] limit_2 = SIGNED != 0 ? TOP_BIT ^ {WIDTH{~sign_2}} : {WIDTH{~sign_2}};
    wire             up      = ROUNDING == 0 ? guard & (rest | whole[0]) :
                               ROUNDING == 1 ? 1'b0 :
                               ROUNDING == 2 ? sign_2 & (guard | rest) :
                                               ~sign_2 & (guard | rest);
    wire             over_2  = too_large_2 | (whole >= limit_2);  // at the limit itself it is the value, rounded or not

    // -(whole + up) = ~whole + ~up
    wire             sign, nan, over;
    wire [WIDTH-1:0] value;
    sluice_pipe #(.WIDTH(WIDTH + 3), .ENABLE(CUTS[2])) i_cut_2 (
        .clk(clk),
        .d_i({sign_2, nan_2, over_2, (whole ^ {WIDTH{sign_2}}) + {{(WIDTH-1){1'b0}}, up ^ sign_2}}),
        .d_o({sign, nan, over, value})
    );

    // ---- segment 3
    wire [WIDTH-1:0] limit = SIGNED != 0 ? TOP_BIT ^ {WIDTH{~sign}} : {WIDTH{~sign}};

    assign y_o = nan ? {WIDTH{1'b0}} : over ? limit : value;

endmodule
