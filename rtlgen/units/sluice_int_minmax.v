// The smaller (mode_i 0) or larger (mode_i 1) of integers of any widths and signs, wrapped to WY bits.
// latency: 0
//
// cuts: 0
module sluice_int_minmax #(
    parameter WA = 32,
    parameter SA = 1,  // a is signed
    parameter WB = 32,
    parameter SB = 1,  // b is signed
    parameter WY = 32
) (
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

    wire         less  = $signed(a) < $signed(b);
    wire [N-1:0] taken = less ^ mode_i ? a : b;

    sluice_extend #(.WA(N), .SIGNED(1), .WY(WY)) i_extend_y (.a_i(taken), .y_o(y_o));

endmodule
