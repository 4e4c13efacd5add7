// Product of integers of any widths and signs, wrapped or extended to WY bits: the multiplier inside the units.
// latency: number of ones in CUTS; initiation interval: 1
//
// segments 0 to 2  multiply: registers at the result, from where synthesis fills the pipeline of the DSP blocks
//
// cuts: 2
module sluice_product #(
    parameter       WA   = 16,
    parameter       SA   = 1,  // a is signed
    parameter       WB   = 16,
    parameter       SB   = 1,  // b is signed
    parameter       WY   = 32,
    parameter [1:0] CUTS = 2'd0
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

    wire [XA-1:0] a;
    wire [XB-1:0] b;
    sluice_extend #(.WA(WA), .SIGNED(SA), .WY(XA)) i_extend_a (.a_i(a_i), .y_o(a));
    sluice_extend #(.WA(WB), .SIGNED(SB), .WY(XB)) i_extend_b (.a_i(b_i), .y_o(b));

    wire [FULL-1:0] full;
    generate
        if (SIGNED) begin : g_signed
            assign full = $signed(a) * $signed(b);
        end else begin : g_unsigned
            assign full = a * b;
        end
    endgenerate

    wire [WY-1:0] product_0;
    wire [WY-1:0] product_1;
    sluice_extend #(.WA(FULL), .SIGNED(SIGNED), .WY(WY)) i_extend_y (.a_i(full), .y_o(product_0));
    sluice_pipe #(.WIDTH(WY), .ENABLE(CUTS[0])) i_cut_0 (.clk(clk), .d_i(product_0), .d_o(product_1));
    sluice_pipe #(.WIDTH(WY), .ENABLE(CUTS[1])) i_cut_1 (.clk(clk), .d_i(product_1), .d_o(y_o));

endmodule
