// Product of integers of any widths and signs, wrapped or extended to WY bits: the multiplier inside the units.
// latency: number of ones in CUTS; initiation interval: 1
//
// Where two hard multipliers a side are enough it is the operator, with registers at the result, from where synthesis
// fills the pipeline of the blocks. Wider operands are cut into limbs that fit one hard multiplier each.
//
// segment 0       multiply the limbs
//         1 to 4  a level each of the tree that adds them; in the last, all that are left
//
// cuts: 4
module sluice_product #(
    parameter       WA     = 16,
    parameter       SA     = 1,   // a is signed
    parameter       WB     = 16,
    parameter       SB     = 1,   // b is signed
    parameter       WY     = 32,
    parameter       WIDE   = 24,  // operands of a hard multiplier, unsigned: WIDE x NARROW bits
    parameter       NARROW = 17,
    parameter [3:0] CUTS   = 4'd0
) (
    input  wire          clk,
    input  wire [WA-1:0] a_i,
    input  wire [WB-1:0] b_i,
    output wire [WY-1:0] y_o
);

    localparam SIGNED  = (SA != 0) || (SB != 0);  // the product
    localparam COLUMNS = WY < WA + WB ? WY : WA + WB;
    localparam EA      = WA < COLUMNS ? WA : COLUMNS;  // bits that have an effect
    localparam EB      = WB < COLUMNS ? WB : COLUMNS;

    // The limbs of one operand are wide, of the other narrow, as it takes fewer multipliers.
    localparam STRAIGHT = ((EA + WIDE - 1) / WIDE) * ((EB + NARROW - 1) / NARROW) <=
                          ((EA + NARROW - 1) / NARROW) * ((EB + WIDE - 1) / WIDE);
    localparam LA       = STRAIGHT ? WIDE : NARROW;
    localparam LB       = STRAIGHT ? NARROW : WIDE;
    localparam NA       = (EA + LA - 1) / LA;
    localparam NB       = (EB + LB - 1) / LB;

    // The tree of limbs: all products are of unsigned numbers; what the sign bits stand for, z, is subtracted. It is one
    // term more, or takes the place of the last product if that lies beyond the columns.
    localparam BEYOND  = (NA - 1) * LA + (NB - 1) * LB >= COLUMNS;
    localparam TERMS   = NA * NB + (SIGNED && !BEYOND ? 1 : 0);
    localparam PLACE_Z = WA < WB ? WA : WB;

    // The lowest place of the terms from `first` to before `last`, and that above the highest.
    function integer lowest(input integer first, input integer last);
        integer n;
        integer place;
        begin
            lowest = COLUMNS;
            for (n = first; n < last && n < TERMS; n = n + 1) begin
                place = SIGNED && n == TERMS - 1 ? PLACE_Z : (n / NB) * LA + (n % NB) * LB;
                if (place < lowest) lowest = place;
            end
        end
    endfunction

    function integer highest(input integer first, input integer last);
        integer n;
        integer place;
        begin
            highest = 0;
            for (n = first; n < last && n < TERMS; n = n + 1) begin
                place = SIGNED && n == TERMS - 1 ? COLUMNS : (n / NB) * LA + (n % NB) * LB + LA + LB;
                if (place > highest) highest = place;
            end
        end
    endfunction

    wire [COLUMNS-1:0] product;
    generate
        if (NA <= 2 && NB <= 2) begin : g_operator
            localparam XA = WA + (SIGNED && SA == 0 ? 1 : 0);
            localparam XB = WB + (SIGNED && SB == 0 ? 1 : 0);

            wire [XA-1:0] a;
            wire [XB-1:0] b;
            sluice_extend #(.WA(WA), .SIGNED(SA), .WY(XA)) i_extend_a (.a_i(a_i), .y_o(a));
            sluice_extend #(.WA(WB), .SIGNED(SB), .WY(XB)) i_extend_b (.a_i(b_i), .y_o(b));

            wire [XA+XB-1:0] full;
            if (SIGNED) begin : g_signed
                assign full = $signed(a) * $signed(b);
            end else begin : g_unsigned
                assign full = a * b;
            end

            wire [COLUMNS-1:0] product_0;
            wire [COLUMNS-1:0] product_1;
            wire [COLUMNS-1:0] product_2;
            wire [COLUMNS-1:0] product_3;
            sluice_extend #(.WA(XA + XB), .SIGNED(SIGNED), .WY(COLUMNS)) i_wrap (.a_i(full), .y_o(product_0));
            sluice_pipe #(.WIDTH(COLUMNS), .ENABLE(CUTS[0])) i_cut_0 (.clk(clk), .d_i(product_0), .d_o(product_1));
            sluice_pipe #(.WIDTH(COLUMNS), .ENABLE(CUTS[1])) i_cut_1 (.clk(clk), .d_i(product_1), .d_o(product_2));
            sluice_pipe #(.WIDTH(COLUMNS), .ENABLE(CUTS[2])) i_cut_2 (.clk(clk), .d_i(product_2), .d_o(product_3));
            sluice_pipe #(.WIDTH(COLUMNS), .ENABLE(CUTS[3])) i_cut_3 (.clk(clk), .d_i(product_3), .d_o(product));
        end else begin : g_limbs
            localparam LEVELS = $clog2(TERMS);
            localparam STAGES = LEVELS > 4 ? LEVELS : 4;

            wire [NA*LA-1:0] a;
            wire [NB*LB-1:0] b;
            sluice_extend #(.WA(WA), .SIGNED(0), .WY(NA * LA)) i_extend_a (.a_i(a_i), .y_o(a));
            sluice_extend #(.WA(WB), .SIGNED(0), .WY(NB * LB)) i_extend_b (.a_i(b_i), .y_o(b));

            genvar i;
            wire [TERMS*COLUMNS-1:0] terms;
            for (i = 0; i < TERMS; i = i + 1) begin : g_term
                localparam PLACE = (i / NB) * LA + (i % NB) * LB;

                if (SIGNED && i == TERMS - 1) begin : g_signs
                    wire [COLUMNS-1:0] x;
                    wire [COLUMNS-1:0] y;
                    wire [WA-1:0]      unused_x;
                    wire [WB-1:0]      unused_y;
                    assign {unused_x, x} = {{COLUMNS{1'b0}}, a_i & {WA{(SB != 0) & b_i[WB-1]}}} << WB;
                    assign {unused_y, y} = {{COLUMNS{1'b0}}, b_i & {WB{(SA != 0) & a_i[WA-1]}}} << WA;
                    assign terms[i*COLUMNS +: COLUMNS] = x + y;
                end else if (PLACE < COLUMNS) begin : g_product
                    wire [LA+LB-1:0] limbs = a[(i/NB)*LA +: LA] * b[(i%NB)*LB +: LB];
                    wire [LA+LB-1:0] unused_above;
                    assign {unused_above, terms[i*COLUMNS +: COLUMNS]} = {{COLUMNS{1'b0}}, limbs} << PLACE;
                end else begin : g_none
                    wire unused_limbs = ^{a[(i/NB)*LA +: LA], b[(i%NB)*LB +: LB]};
                    assign terms[i*COLUMNS +: COLUMNS] = {COLUMNS{1'b0}};
                end
            end

            genvar s;
            for (s = 0; s < STAGES; s = s + 1) begin : g_stage
                localparam COUNT = (TERMS + (1 << s) - 1) >> s;
                localparam SUMS  = (COUNT + 1) / 2;

                wire [COUNT*COLUMNS-1:0] x_0;
                wire [COUNT*COLUMNS-1:0] x;
                wire [SUMS*COLUMNS-1:0]  sums;
                wire                     unused_x = ^x_0;
                if (s == 0) begin : g_first
                    assign x_0 = terms;
                end else begin : g_next
                    assign x_0 = g_stage[s-1].sums;
                end

                // Registers for the bits that are not always zero.
                for (i = 0; i < COUNT; i = i + 1) begin : g_x
                    localparam LOW   = lowest(i << s, (i + 1) << s);
                    localparam TOP_0 = highest(i << s, (i + 1) << s) + s;
                    localparam TOP   = TOP_0 < COLUMNS ? TOP_0 : COLUMNS;

                    if (LOW < TOP) begin : g_cut
                        sluice_pipe #(.WIDTH(TOP - LOW), .ENABLE((CUTS >> s) & 4'd1)) i_cut (
                            .clk(clk), .d_i(x_0[i*COLUMNS+LOW +: TOP-LOW]), .d_o(x[i*COLUMNS+LOW +: TOP-LOW])
                        );
                        if (LOW > 0) begin : g_below
                            assign x[i*COLUMNS +: LOW] = {LOW{1'b0}};
                        end
                        if (TOP < COLUMNS) begin : g_above
                            assign x[i*COLUMNS+TOP +: COLUMNS-TOP] = {(COLUMNS-TOP){1'b0}};
                        end
                    end else begin : g_zero
                        assign x[i*COLUMNS +: COLUMNS] = {COLUMNS{1'b0}};
                    end
                end

                // z is the last on its way, until it is the second of two.
                for (i = 0; i < SUMS; i = i + 1) begin : g_sum
                    localparam MINUS = SIGNED && ((2 * i + 1) << s) == TERMS - 1;

                    if (2 * i + 1 >= COUNT) begin : g_alone
                        assign sums[i*COLUMNS +: COLUMNS] = x[2*i*COLUMNS +: COLUMNS];
                    end else if (MINUS) begin : g_minus
                        assign sums[i*COLUMNS +: COLUMNS] = x[2*i*COLUMNS +: COLUMNS] - x[(2*i+1)*COLUMNS +: COLUMNS];
                    end else begin : g_plus
                        assign sums[i*COLUMNS +: COLUMNS] = x[2*i*COLUMNS +: COLUMNS] + x[(2*i+1)*COLUMNS +: COLUMNS];
                    end
                end
            end
            assign product = g_stage[STAGES-1].sums;
        end
    endgenerate

    sluice_extend #(.WA(COLUMNS), .SIGNED(SIGNED), .WY(WY)) i_extend_y (.a_i(product), .y_o(y_o));

endmodule
