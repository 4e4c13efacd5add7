// Shift by a variable amount: left (mode_i 0), logical right (1), arithmetic right (2). By WIDTH places and more only
// the fill is left.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  reverse the word for a left shift, narrow steps
//         1  wide steps, reverse again
//
// cuts: 1
module sluice_shift #(
    parameter        WIDTH = 32,
    parameter        WB    = 5,  // bits of the amount, unsigned
    parameter [63:0] CUTS  = 64'd0
) (
    input  wire             clk,
    input  wire [WIDTH-1:0] a_i,
    input  wire [WB-1:0]    b_i,
    input  wire [1:0]       mode_i,
    output wire [WIDTH-1:0] y_o
);

    localparam STEPS  = WIDTH > 1 ? $clog2(WIDTH) : 1;  // bits of the amount that move within the word
    localparam HALF   = (STEPS + 1) / 2;
    localparam NARROW = WB < HALF ? WB : HALF;          // bits of the amount for segment 0
    localparam WIDE   = WB - NARROW;                    // for segment 1

    // One right shifter for all modes: a left shift is a right shift of the reversed word.
    wire             left_0 = mode_i == 2'd0;
    wire             fill_0 = mode_i[1] & a_i[WIDTH-1];
    wire [WIDTH-1:0] word;
    wire [WIDTH:0]   moved_0 = $signed({fill_0, word}) >>> b_i[NARROW-1:0];

    wire             left;
    wire [WIDTH:0]   moved_1;
    wire [WIDTH:0]   moved;
    generate
        if (WIDE > 0) begin : g_wide
            wire [WIDE-1:0] amount;
            sluice_pipe #(.WIDTH(WIDTH + 2 + WIDE), .ENABLE(CUTS[0])) i_cut_0 (
                .clk(clk), .d_i({left_0, moved_0, b_i[WB-1:NARROW]}), .d_o({left, moved_1, amount})
            );
            assign moved = $signed(moved_1) >>> {amount, {NARROW{1'b0}}};
        end else begin : g_narrow
            sluice_pipe #(.WIDTH(WIDTH + 2), .ENABLE(CUTS[0])) i_cut_0 (
                .clk(clk), .d_i({left_0, moved_0}), .d_o({left, moved_1})
            );
            assign moved = moved_1;
        end
    endgenerate

    genvar k;
    generate
        for (k = 0; k < WIDTH; k = k + 1) begin : g_bit
            assign word[k] = left_0 ? a_i[WIDTH-1-k] : a_i[k];
            assign y_o[k]  = left ? moved[WIDTH-1-k] : moved[k];
        end
    endgenerate

    wire unused_fill = moved[WIDTH];

endmodule
