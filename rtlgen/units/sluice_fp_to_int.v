// Floating point to an integer of WIDTH bits, saturating at its ends; NaN gives 0, subnormals count as zero.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  align to the integer's places
//         1  round and saturate
//
// cuts: 1
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

    wire [AMOUNT:0] distance    = HIGHEST + BIAS - {{(AMOUNT-EXP+1){1'b0}}, a_i[EXP+MAN-1:MAN]};
    wire            too_large_0 = infinite | distance[AMOUNT];
    wire [MAN:0]    significand = zero ? {(MAN+1){1'b0}} : {1'b1, a_i[MAN-1:0]};

    wire [FIXED-1:0] fixed;
    wire             sticky;
    sluice_shift_sticky #(.WIDTH(FIXED), .AMOUNT(AMOUNT)) i_align (
        .x_i({significand, {(FIXED-MAN-1){1'b0}}}), .amount_i(distance[AMOUNT-1:0]), .y_o(fixed), .sticky_o(sticky)
    );

    wire             sign, nan, too_large, guard, rest;
    wire [WIDTH-1:0] whole;
    sluice_pipe #(.WIDTH(WIDTH + 5), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk),
        .d_i({a_i[EXP+MAN], nan_0, too_large_0, fixed[FIXED-1:FIXED-WIDTH-1], sticky | (|fixed[FIXED-WIDTH-2:0])}),
        .d_o({sign, nan, too_large, whole, guard, rest})
    );

    // ---- segment 1: the largest magnitude of this sign is also the bits to which it saturates
    localparam [WIDTH-1:0] TOP_BIT = {{(WIDTH-1){1'b0}}, 1'b1} << (WIDTH - 1);

    wire [WIDTH-1:0] limit = SIGNED != 0 ? TOP_BIT ^ {WIDTH{~sign}} : {WIDTH{~sign}};
    wire             up    = ROUNDING == 0 ? guard & (rest | whole[0]) :
                             ROUNDING == 1 ? 1'b0 :
                             ROUNDING == 2 ? sign & (guard | rest) :
                                             ~sign & (guard | rest);
    wire             over  = too_large | (whole >= limit);  // at the limit itself it is the value, rounded or not

    // -(whole + up) = ~whole + ~up
    wire [WIDTH-1:0] value = (whole ^ {WIDTH{sign}}) + {{(WIDTH-1){1'b0}}, up ^ sign};

    assign y_o = nan ? {WIDTH{1'b0}} : over ? limit : value;

endmodule
