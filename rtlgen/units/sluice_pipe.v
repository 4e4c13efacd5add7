// A place for a register: WIDTH bits pass through one if ENABLE, straight on if not.
// latency: ENABLE ? 1 : 0; no reset, no enable at run time
module sluice_pipe #(
    parameter WIDTH  = 1,
    parameter ENABLE = 0
) (
    input  wire             clk,
    input  wire [WIDTH-1:0] d_i,
    output wire [WIDTH-1:0] d_o
);

    generate
        if (ENABLE != 0) begin : g_register
            reg [WIDTH-1:0] d_q;
            always @(posedge clk) d_q <= d_i;
            assign d_o = d_q;
        end else begin : g_wire
            wire unused_clk = clk;
            assign d_o = d_i;
        end
    endgenerate

endmodule
