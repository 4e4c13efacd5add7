// Shifts left until the top bit is one, and says by how many places. The top bit of y_o stays zero only for zero.
// Halving steps: each looks whether the top 2^k bits are all zero and if so moves past them.
// latency: CUT ? 1 : 0; the register sits after the two widest steps
module sluice_normalise #(
    parameter WIDTH = 28,  // at least 3
    parameter COUNT = $clog2(WIDTH),
    parameter CUT   = 0
) (
    input  wire             clk,
    input  wire [WIDTH-1:0] x_i,
    output wire [WIDTH-1:0] y_o,
    output wire [COUNT-1:0] count_o
);

    genvar k;
    generate
        for (k = COUNT - 1; k >= 0; k = k - 1) begin : g_step
            localparam PLACES = 1 << k;

            wire [WIDTH-1:0] x;
            wire [COUNT-1:0] count;
            wire [WIDTH-1:0] y;
            wire [COUNT-1:0] count_y;

            if (k == COUNT - 1) begin : g_first
                assign x     = x_i;
                assign count = {COUNT{1'b0}};
            end else begin : g_next
                assign x     = g_step[k+1].y;
                assign count = g_step[k+1].count_y;
            end

            wire             empty      = ~|x[WIDTH-1 -: PLACES];
            wire [WIDTH-1:0] moved      = empty ? x << PLACES : x;
            wire [COUNT-1:0] more_count = {{(COUNT-1){1'b0}}, empty} << k;

            sluice_pipe #(
                .WIDTH (WIDTH + COUNT),
                .ENABLE((CUT != 0) && (k == COUNT - 2))
            ) i_cut (
                .clk(clk),
                .d_i({moved, count | more_count}),
                .d_o({y, count_y})
            );
        end
    endgenerate

    assign y_o     = g_step[0].y;
    assign count_o = g_step[0].count_y;

endmodule
