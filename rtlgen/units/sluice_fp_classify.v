// What kind of number x_i is; none of the three outputs for a normal number. Subnormals count as zero.
// latency: 0
module sluice_fp_classify #(
    parameter EXP = 8,
    parameter MAN = 23
) (
    input  wire [EXP+MAN-1:0] x_i,  // without the sign
    output wire               zero_o,
    output wire               infinite_o,
    output wire               nan_o
);

    wire ones     = &x_i[EXP+MAN-1:MAN];
    wire fraction = |x_i[MAN-1:0];

    assign zero_o     = ~|x_i[EXP+MAN-1:MAN];
    assign infinite_o = ones & ~fraction;
    assign nan_o      = ones & fraction;

endmodule
