// Floating-point quotient a / b, rounded to nearest even, subnormals flushed on input and output.
// Digit recurrence without restoring: each row adds or subtracts the divisor and gives one bit of the quotient.
// latency: number of ones in CUTS; initiation interval: 1
//
// The remainder is never looked at: a quotient of two significands is never half way between two others (it would need
// one bit more than the dividend has), so that a guard bit of one always rounds up.
//
// segments 0 to MAN+2  one row each
//          MAN+3       normalise and round
//          MAN+4       choose between the number and the special results
//
// cuts: MAN + 4
module sluice_fp_div #(
    parameter        EXP  = 8,
    parameter        MAN  = 23,
    parameter [63:0] CUTS = 64'd0
) (
    input  wire             clk,
    input  wire [EXP+MAN:0] a_i,
    input  wire [EXP+MAN:0] b_i,
    output wire [EXP+MAN:0] y_o
);

    localparam WE   = EXP + 2;
    localparam SIDE = WE + 4;   // what travels beside the significands
    localparam ROWS = MAN + 3;  // integer bit, fraction, guard, and one more as the first may be zero
    localparam REM  = MAN + 2;  // remainder, from -divisor to divisor
    localparam ROW  = SIDE + MAN + REM + ROWS;

    localparam [WE-1:0] BIAS = {3'b000, {(EXP-1){1'b1}}};

    wire a_zero, a_infinite, a_nan;
    wire b_zero, b_infinite, b_nan;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_a (
        .x_i(a_i[EXP+MAN-1:0]), .zero_o(a_zero), .infinite_o(a_infinite), .nan_o(a_nan)
    );
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify_b (
        .x_i(b_i[EXP+MAN-1:0]), .zero_o(b_zero), .infinite_o(b_infinite), .nan_o(b_nan)
    );

    // The exponent is that of a quotient in [1, 2).
    wire [SIDE-1:0] side_0 = {
        a_nan | b_nan | (a_infinite & b_infinite) | (a_zero & b_zero),
        a_infinite | b_zero,
        a_zero | b_infinite,
        a_i[EXP+MAN] ^ b_i[EXP+MAN],
        {2'b00, a_i[EXP+MAN-1:MAN]} - {2'b00, b_i[EXP+MAN-1:MAN]} + BIAS
    };

    genvar k;
    generate
        for (k = 0; k < ROWS; k = k + 1) begin : g_row
            wire [SIDE-1:0] side;
            wire [MAN-1:0]  divisor;   // its fraction
            wire [REM-1:0]  doubled;   // twice the remainder so far
            wire            add;       // it is negative
            wire [ROWS-1:0] quotient;  // its bits so far

            wire [SIDE-1:0] side_y;
            wire [MAN-1:0]  divisor_y;
            wire [REM-1:0]  remainder_y;
            wire [ROWS-1:0] quotient_y;

            if (k == 0) begin : g_first
                assign side     = side_0;
                assign divisor  = b_i[MAN-1:0];
                assign doubled  = {2'b01, a_i[MAN-1:0]};
                assign add      = 1'b0;
                assign quotient = {ROWS{1'b0}};
            end else begin : g_next
                assign side     = g_row[k-1].side_y;
                assign divisor  = g_row[k-1].divisor_y;
                assign doubled  = {g_row[k-1].remainder_y[REM-2:0], 1'b0};
                assign add      = g_row[k-1].remainder_y[REM-1];
                assign quotient = g_row[k-1].quotient_y;
            end

            // One adder; the added lowest place makes the carry in of a subtraction.
            wire [REM:0] total = {doubled, ~add} + {{2'b01, divisor} ^ {REM{~add}}, ~add};
            wire         unused_place = total[0];

            sluice_pipe #(.WIDTH(ROW), .ENABLE(CUTS[k])) i_cut (
                .clk(clk),
                .d_i({side, divisor, total[REM:1], quotient[ROWS-2:0], ~total[REM]}),
                .d_o({side_y, divisor_y, remainder_y, quotient_y})
            );
            wire unused_bit = quotient[ROWS-1];
        end
    endgenerate

    wire [MAN-1:0] unused_divisor   = g_row[ROWS-1].divisor_y;
    wire [REM-1:0] unused_remainder = g_row[ROWS-1].remainder_y;

    // ---- the quotient of two numbers in [1, 2) is in (1/2, 2)
    wire            nan, infinite, zero, sign;
    wire [WE-1:0]   exponent;
    wire [ROWS-1:0] quotient = g_row[ROWS-1].quotient_y;
    assign {nan, infinite, zero, sign, exponent} = g_row[ROWS-1].side_y;

    wire         one    = quotient[ROWS-1];
    wire [MAN:0] normal = one ? quotient[ROWS-2:1] : quotient[ROWS-3:0];

    sluice_fp_round #(.EXP(EXP), .MAN(MAN), .WE(WE), .CUT(CUTS[ROWS])) i_round (
        .clk       (clk),
        .sign_i    (sign),
        .exponent_i(exponent - {{(WE-1){1'b0}}, ~one}),
        .fraction_i(normal[MAN:1]),
        .guard_i   (normal[0]),
        .sticky_i  (1'b1),
        .nan_i     (nan),
        .infinite_i(infinite),
        .zero_i    (zero),
        .y_o       (y_o)
    );

endmodule
