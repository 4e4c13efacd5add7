// Shifts right by any amount; sticky_o tells whether a one has fallen out.
// latency: 0
module sluice_shift_sticky #(
    parameter WIDTH  = 26,  // at least 2
    parameter AMOUNT = 8
) (
    input  wire [WIDTH-1:0]  x_i,
    input  wire [AMOUNT-1:0] amount_i,
    output wire [WIDTH-1:0]  y_o,
    output wire              sticky_o
);

    // Bits of the amount that move within the word; any bit above moves everything out.
    localparam STEPS = AMOUNT < $clog2(WIDTH) ? AMOUNT : $clog2(WIDTH);

    genvar k;
    generate
        for (k = 0; k < STEPS; k = k + 1) begin : g_step
            localparam PLACES = 1 << k;

            wire [WIDTH-1:0] x;
            wire             sticky_x;
            if (k == 0) begin : g_first
                assign x        = x_i;
                assign sticky_x = 1'b0;
            end else begin : g_next
                assign x        = g_step[k-1].y;
                assign sticky_x = g_step[k-1].sticky;
            end

            wire [WIDTH-1:0] y      = amount_i[k] ? x >> PLACES : x;
            wire             sticky = sticky_x | (amount_i[k] & |x[PLACES-1:0]);
        end

        if (AMOUNT > STEPS) begin : g_far
            wire far = |amount_i[AMOUNT-1:STEPS];
            assign y_o      = far ? {WIDTH{1'b0}} : g_step[STEPS-1].y;
            assign sticky_o = far ? |x_i : g_step[STEPS-1].sticky;
        end else begin : g_near
            assign y_o      = g_step[STEPS-1].y;
            assign sticky_o = g_step[STEPS-1].sticky;
        end
    endgenerate

endmodule
