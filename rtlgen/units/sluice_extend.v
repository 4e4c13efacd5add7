// An integer of WA bits brought to WY bits: sign- or zero-extended, or cut off above (wrapped).
// latency: 0
module sluice_extend #(
    parameter WA     = 8,
    parameter SIGNED = 0,
    parameter WY     = 16
) (
    input  wire [WA-1:0] a_i,
    output wire [WY-1:0] y_o
);

    generate
        if (WY > WA) begin : g_wider
            wire fill = (SIGNED != 0) & a_i[WA-1];
            assign y_o = {{(WY-WA){fill}}, a_i};
        end else if (WY == WA) begin : g_same
            assign y_o = a_i;
        end else begin : g_narrower
            wire unused_top = |a_i[WA-1:WY];
            assign y_o = a_i[WY-1:0];
        end
    endgenerate

endmodule
