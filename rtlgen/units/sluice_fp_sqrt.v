// Floating-point square root, rounded to nearest even, subnormals flushed on input. The root of -0 is -0, that of any
// other negative number NaN.
// Digit recurrence without restoring: each row gives one bit of the root.
// latency: number of ones in CUTS; initiation interval: 1
//
// The remainder is never looked at: a root is never half way between two numbers (its square would have more bits than
// the radicand), so that a guard bit of one always rounds up.
//
// segments 0 to MAN+1  one row each
//          MAN+2       round
//          MAN+3       choose between the number and the special results
//
// cuts: MAN + 3
module sluice_fp_sqrt #(
    parameter        EXP  = 8,
    parameter        MAN  = 23,
    parameter [63:0] CUTS = 64'd0
) (
    input  wire             clk,
    input  wire [EXP+MAN:0] a_i,
    output wire [EXP+MAN:0] y_o
);

    localparam SIDE = EXP + 4;   // what travels beside the significand
    localparam ROWS = MAN + 2;   // integer bit, fraction, guard
    localparam REM  = ROWS + 2;  // remainder, from -2 root - 1 to 2 root
    localparam ROW  = SIDE + 2 * ROWS + REM + ROWS;

    localparam [EXP:0] BIAS = {2'b00, {(EXP-1){1'b1}}};

    wire zero_0, infinite_0, nan_0;
    sluice_fp_classify #(.EXP(EXP), .MAN(MAN)) i_classify (
        .x_i(a_i[EXP+MAN-1:0]), .zero_o(zero_0), .infinite_o(infinite_0), .nan_o(nan_0)
    );

    // The bias is odd, so that an odd biased exponent means an even one; otherwise the radicand takes a factor of two.
    wire            sign_0     = a_i[EXP+MAN];
    wire            even       = a_i[MAN];
    wire [EXP:0]    twice      = {1'b0, a_i[EXP+MAN-1:MAN]} + BIAS;
    wire            unused_bit = twice[0];
    wire [ROWS-1:0] radicand_0 = even ? {2'b01, a_i[MAN-1:0]} : {1'b1, a_i[MAN-1:0], 1'b0};
    wire [SIDE-1:0] side_0     = {nan_0 | (sign_0 & ~zero_0), infinite_0, zero_0, sign_0, twice[EXP:1]};

    genvar k;
    generate
        for (k = 0; k < ROWS; k = k + 1) begin : g_row
            wire [SIDE-1:0]   side;
            wire [2*ROWS-1:0] radicand;   // what is left of it; two bits go into each row
            wire [REM-1:0]    remainder;
            wire [ROWS-1:0]   root;       // its bits so far

            wire [SIDE-1:0]   side_y;
            wire [2*ROWS-1:0] radicand_y;
            wire [REM-1:0]    remainder_y;
            wire [ROWS-1:0]   root_y;

            if (k == 0) begin : g_first
                assign side      = side_0;
                assign radicand  = {radicand_0, {ROWS{1'b0}}};
                assign remainder = {REM{1'b0}};
                assign root      = {ROWS{1'b0}};
            end else begin : g_next
                assign side      = g_row[k-1].side_y;
                assign radicand  = g_row[k-1].radicand_y;
                assign remainder = g_row[k-1].remainder_y;
                assign root      = g_row[k-1].root_y;
            end

            // 4 remainder + bits - (4 root + 1), or after a negative remainder 4 remainder + bits + (4 root + 3).
            // One adder; the added lowest place makes the carry in of a subtraction.
            wire           add   = remainder[REM-1];
            wire [REM-1:0] next  = {remainder[REM-3:0], radicand[2*ROWS-1:2*ROWS-2]};
            wire [REM-1:0] term  = {root, add, 1'b1};
            wire [REM:0]   total = {next, ~add} + {term ^ {REM{~add}}, ~add};

            sluice_pipe #(.WIDTH(ROW), .ENABLE(CUTS[k])) i_cut (
                .clk(clk),
                .d_i({side, radicand[2*ROWS-3:0], 2'b00, total[REM:1], root[ROWS-2:0], ~total[REM]}),
                .d_o({side_y, radicand_y, remainder_y, root_y})
            );
            wire unused_bits = ^{remainder[REM-2], root[ROWS-1], total[0]};
        end
    endgenerate

    wire [REM-1:0]    unused_remainder = g_row[ROWS-1].remainder_y;
    wire [2*ROWS-1:0] unused_radicand  = g_row[ROWS-1].radicand_y;

    wire            nan, infinite, zero, sign;
    wire [EXP-1:0]  exponent;
    wire [ROWS-1:0] root       = g_row[ROWS-1].root_y;
    wire            unused_one = root[ROWS-1];  // the root of a number in [1, 4) is in [1, 2)
    assign {nan, infinite, zero, sign, exponent} = g_row[ROWS-1].side_y;

    sluice_fp_round #(.EXP(EXP), .MAN(MAN), .CUT(CUTS[ROWS])) i_round (
        .clk       (clk),
        .sign_i    (sign),
        .exponent_i({2'b00, exponent}),
        .fraction_i(root[MAN:1]),
        .guard_i   (root[0]),
        .sticky_i  (1'b1),
        .nan_i     (nan),
        .infinite_i(infinite),
        .zero_i    (zero),
        .y_o       (y_o)
    );

endmodule
