// Registers with an address, DEPTH words of WIDTH bits: one write port, one read port that does not wait for the clock.
// What is written can be read in the next cycle.
// latency: 0 (read); no reset of the contents
module sluice_registers #(
    parameter WIDTH   = 32,
    parameter DEPTH   = 4,
    parameter ADDRESS = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire               clk,
    input  wire               write_enable_i,
    input  wire [ADDRESS-1:0] write_address_i,
    input  wire [WIDTH-1:0]   write_data_i,
    input  wire [ADDRESS-1:0] read_address_i,
    output wire [WIDTH-1:0]   read_data_o
);

    reg [WIDTH-1:0] words_q [0:DEPTH-1];

    assign read_data_o = words_q[read_address_i];

    always @(posedge clk) begin
        if (write_enable_i) words_q[write_address_i] <= write_data_i;
    end

endmodule
