// Sum (mode_i 0) or difference (mode_i 1) of integers of any widths and signs: the exact value wrapped to WY bits.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  invert b for a difference; to the adder's operand registers
//         1  add
//
// cuts: 1
module sluice_int_add #(
    parameter        WA   = 32,
    parameter        SA   = 1,  // a is signed
    parameter        WB   = 32,
    parameter        SB   = 1,  // b is signed
    parameter        WY   = 32,
    parameter [63:0] CUTS = 64'd0
) (
    input  wire          clk,
    input  wire [WA-1:0] a_i,
    input  wire [WB-1:0] b_i,
    input  wire          mode_i,
    output wire [WY-1:0] y_o
);

    wire [WY-1:0] a_0;
    wire [WY-1:0] b_0;
    sluice_extend #(.WA(WA), .SIGNED(SA), .WY(WY)) i_extend_a (.a_i(a_i), .y_o(a_0));
    sluice_extend #(.WA(WB), .SIGNED(SB), .WY(WY)) i_extend_b (.a_i(b_i), .y_o(b_0));

    wire [WY-1:0] a;
    wire [WY-1:0] b;
    wire          minus;
    sluice_pipe #(.WIDTH(2 * WY + 1), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk), .d_i({a_0, b_0 ^ {WY{mode_i}}, mode_i}), .d_o({a, b, minus})
    );

    // One adder for both modes; the added lowest place makes the carry in of a subtraction.
    wire [WY:0] total = {a, minus} + {b, minus};
    wire        unused_place = total[0];

    assign y_o = total[WY:1];

endmodule
