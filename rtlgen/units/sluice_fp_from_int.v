// Integer of WIDTH bits to floating point, rounded to nearest even.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  magnitude
//         1  normalise, wide steps
//         2  normalise, narrow steps
//         3  round
//         4  choose the result
//
// cuts: 4
module sluice_fp_from_int #(
    parameter        EXP    = 8,
    parameter        MAN    = 23,
    parameter        WIDTH  = 32,  // at most 64
    parameter        SIGNED = 1,
    parameter [63:0] CUTS   = 64'd0
) (
    input  wire             clk,
    input  wire [WIDTH-1:0] a_i,
    output wire [EXP+MAN:0] y_o
);

    localparam N     = WIDTH < 4 ? 4 : WIDTH;  // bits of the magnitude
    localparam COUNT = $clog2(N);
    localparam WE    = (EXP > 7 ? EXP : 7) + 2;
    localparam LONG  = N - 1 + MAN + 2;        // fraction, guard, and at least one more, however few bits come in

    localparam [WE-1:0] BIAS = {{(WE-EXP+1){1'b0}}, {(EXP-1){1'b1}}};
    localparam [WE-1:0] TOP  = N - 1;  // place of the leading one after normalisation

    // ---- segment 0
    wire         negative_0 = (SIGNED != 0) & a_i[WIDTH-1];
    wire [N-1:0] value;
    sluice_extend #(.WA(WIDTH), .SIGNED(SIGNED), .WY(N)) i_extend (.a_i(a_i), .y_o(value));
    wire [N-1:0] magnitude = (value ^ {N{negative_0}}) + {{(N-1){1'b0}}, negative_0};

    wire         negative_1;
    wire [N-1:0] magnitude_1;
    sluice_pipe #(.WIDTH(N + 1), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk), .d_i({negative_0, magnitude}), .d_o({negative_1, magnitude_1})
    );

    // ---- segments 1 and 2
    wire [N-1:0]     normal_2;
    wire [COUNT-1:0] count_2;
    sluice_normalise #(.WIDTH(N), .COUNT(COUNT), .CUT(CUTS[1])) i_normalise (
        .clk(clk), .x_i(magnitude_1), .y_o(normal_2), .count_o(count_2)
    );

    wire negative_2;
    sluice_pipe #(.WIDTH(1), .ENABLE(CUTS[1])) i_cut_1 (
        .clk(clk), .d_i(negative_1), .d_o(negative_2)
    );

    wire             negative;
    wire [N-1:0]     normal;
    wire [COUNT-1:0] count;
    sluice_pipe #(.WIDTH(1 + N + COUNT), .ENABLE(CUTS[2])) i_cut_2 (
        .clk(clk), .d_i({negative_2, normal_2, count_2}), .d_o({negative, normal, count})
    );

    // ---- segments 3 and 4
    wire [LONG-1:0] fraction = {normal[N-2:0], {(MAN+2){1'b0}}};

    sluice_fp_round #(.EXP(EXP), .MAN(MAN), .WE(WE), .CUT(CUTS[3])) i_round (
        .clk       (clk),
        .sign_i    (negative),
        .exponent_i(BIAS + TOP - {{(WE-COUNT){1'b0}}, count}),
        .fraction_i(fraction[LONG-1 -: MAN]),
        .guard_i   (fraction[LONG-1-MAN]),
        .sticky_i  (|fraction[LONG-2-MAN:0]),
        .nan_i     (1'b0),
        .infinite_i(1'b0),
        .zero_i    (~normal[N-1]),
        .y_o       (y_o)
    );

endmodule
