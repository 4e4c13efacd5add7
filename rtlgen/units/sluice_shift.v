// Shift by a variable amount: left (mode_i 0), logical right (1), arithmetic right (2). By WIDTH places and more only
// the fill is left.
// latency: 0
//
// cuts: 0
module sluice_shift #(
    parameter WIDTH = 32,
    parameter WB    = 5  // bits of the amount, unsigned
) (
    input  wire [WIDTH-1:0] a_i,
    input  wire [WB-1:0]    b_i,
    input  wire [1:0]       mode_i,
    output wire [WIDTH-1:0] y_o
);

    // One right shifter for all modes: a left shift is a right shift of the reversed word.
    wire             left = mode_i == 2'd0;
    wire             fill = mode_i[1] & a_i[WIDTH-1];
    wire [WIDTH-1:0] word;
    wire [WIDTH:0]   moved = $signed({fill, word}) >>> b_i;

    genvar k;
    generate
        for (k = 0; k < WIDTH; k = k + 1) begin : g_bit
            assign word[k] = left ? a_i[WIDTH-1-k] : a_i[k];
            assign y_o[k]  = left ? moved[WIDTH-1-k] : moved[k];
        end
    endgenerate

    wire unused_fill = moved[WIDTH];

endmodule
