// Comparison by value of integers of any widths and signs.
// y = a < b (mode_i 0), a <= b (1), a == b (2)
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  compare
//         1  choose by mode
//
// cuts: 1
module sluice_int_cmp #(
    parameter        WA   = 32,
    parameter        SA   = 1,  // a is signed
    parameter        WB   = 32,
    parameter        SB   = 1,  // b is signed
    parameter [63:0] CUTS = 64'd0
) (
    input  wire          clk,
    input  wire [WA-1:0] a_i,
    input  wire [WB-1:0] b_i,
    input  wire [1:0]    mode_i,
    output wire          y_o
);

    localparam N = (WA > WB ? WA : WB) + 1;  // holds both as signed numbers

    wire [N-1:0] a;
    wire [N-1:0] b;
    sluice_extend #(.WA(WA), .SIGNED(SA), .WY(N)) i_extend_a (.a_i(a_i), .y_o(a));
    sluice_extend #(.WA(WB), .SIGNED(SB), .WY(N)) i_extend_b (.a_i(b_i), .y_o(b));

    wire       less;
    wire       equal;
    wire [1:0] mode;
    sluice_pipe #(.WIDTH(4), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk),
        .d_i({$signed(a) < $signed(b), a == b, mode_i}),
        .d_o({less, equal, mode})
    );

    assign y_o = mode[1] ? equal : less | (mode[0] & equal);

endmodule
