// Product of integers of any widths and signs: the exact value wrapped to WY bits.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  to the operand registers of the DSP blocks
//         1  multiply
//         2  multiply, second half: a register on each side of it lets synthesis fill the pipeline of the DSP blocks
//         3  out of their result registers
//
// cuts: 3
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

    localparam SIGNED = (SA != 0) || (SB != 0);  // the product
    localparam XA     = WA + (SIGNED && SA == 0 ? 1 : 0);
    localparam XB     = WB + (SIGNED && SB == 0 ? 1 : 0);
    localparam FULL   = XA + XB;

    wire [WA-1:0] a_1;
    wire [WB-1:0] b_1;
    sluice_pipe #(.WIDTH(WA + WB), .ENABLE(CUTS[0])) i_cut_0 (
        .clk(clk), .d_i({a_i, b_i}), .d_o({a_1, b_1})
    );

    wire [XA-1:0] a;
    wire [XB-1:0] b;
    sluice_extend #(.WA(WA), .SIGNED(SA), .WY(XA)) i_extend_a (.a_i(a_1), .y_o(a));
    sluice_extend #(.WA(WB), .SIGNED(SB), .WY(XB)) i_extend_b (.a_i(b_1), .y_o(b));

    wire [FULL-1:0] full;
    generate
        if (SIGNED) begin : g_signed
            assign full = $signed(a) * $signed(b);
        end else begin : g_unsigned
            assign full = a * b;
        end
    endgenerate

    wire [WY-1:0] product_1;
    sluice_extend #(.WA(FULL), .SIGNED(SIGNED), .WY(WY)) i_extend_y (.a_i(full), .y_o(product_1));

    wire [WY-1:0] product_2;
    sluice_pipe #(.WIDTH(WY), .ENABLE(CUTS[1])) i_cut_1 (.clk(clk), .d_i(product_1), .d_o(product_2));
    sluice_pipe #(.WIDTH(WY), .ENABLE(CUTS[2])) i_cut_2 (.clk(clk), .d_i(product_2), .d_o(y_o));

endmodule
