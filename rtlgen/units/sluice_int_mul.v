// Product of integers of any widths and signs: the exact value wrapped to WY bits.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0       to the multiplier's operand registers
//         1 to 5  those of sluice_product
//
// cuts: 5
module sluice_int_mul #(
    parameter        WA   = 16,
    parameter        SA   = 1,  // a is signed
    parameter        WB   = 16,
    parameter        SB   = 1,  // b is signed
    parameter        WY   = 32,
    parameter [63:0] CUTS = 64'd0
) (
    input  wire          clk,
    input  wire [WA-1:0] a_i,
    input  wire [WB-1:0] b_i,
    output wire [WY-1:0] y_o
);

    wire [WA-1:0] a;
    wire [WB-1:0] b;
    sluice_pipe #(.WIDTH(WA + WB), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk), .d_i({a_i, b_i}), .d_o({a, b})
    );

    sluice_product #(.WA(WA), .SA(SA), .WB(WB), .SB(SB), .WY(WY), .CUTS(CUTS[4:1])) i_product (
        .clk(clk), .a_i(a), .b_i(b), .y_o(y_o)
    );

endmodule
