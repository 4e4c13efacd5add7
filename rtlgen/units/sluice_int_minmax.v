// The smaller (mode_i 0) or larger (mode_i 1) of integers of any widths and signs, wrapped to WY bits.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  compare
//         1  select
//
// cuts: 1
module sluice_int_minmax #(
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

    localparam N = (WA > WB ? WA : WB) + 1;  // holds both as signed numbers

    wire [N-1:0] a;
    wire [N-1:0] b;
    sluice_extend #(.WA(WA), .SIGNED(SA), .WY(N)) i_extend_a (.a_i(a_i), .y_o(a));
    sluice_extend #(.WA(WB), .SIGNED(SB), .WY(N)) i_extend_b (.a_i(b_i), .y_o(b));

    wire [WY-1:0] a_0;
    wire [WY-1:0] b_0;
    sluice_extend #(.WA(N), .SIGNED(1), .WY(WY)) i_wrap_a (.a_i(a), .y_o(a_0));
    sluice_extend #(.WA(N), .SIGNED(1), .WY(WY)) i_wrap_b (.a_i(b), .y_o(b_0));

    wire          take_a;
    wire [WY-1:0] a_1;
    wire [WY-1:0] b_1;
    sluice_pipe #(.WIDTH(2 * WY + 1), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk),
        .d_i({($signed(a) < $signed(b)) ^ mode_i, a_0, b_0}),
        .d_o({take_a, a_1, b_1})
    );

    assign y_o = take_a ? a_1 : b_1;

endmodule
