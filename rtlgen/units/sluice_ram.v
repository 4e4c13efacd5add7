// Memory with one write port and one read port, DEPTH words of WIDTH bits. A read of the address that is being written
// gives nothing in particular: whoever uses the memory excludes it.
// latency: 1 (read); no reset of the contents, so that it maps to block memory, if it has more than 1 kbit and more than
// 64 words: a shallow one is left to the tools, which know what smaller memories there are
module sluice_ram #(
    parameter WIDTH   = 32,
    parameter DEPTH   = 1024,
    parameter ADDRESS = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
    input  wire               clk,
    input  wire               write_enable_i,
    input  wire [ADDRESS-1:0] write_address_i,
    input  wire [WIDTH-1:0]   write_data_i,
    input  wire               read_enable_i,
    input  wire [ADDRESS-1:0] read_address_i,
    output wire [WIDTH-1:0]   read_data_o
);

    reg [WIDTH-1:0] read_data_q;
    assign read_data_o = read_data_q;

    generate
        if (WIDTH * DEPTH > 1024 && DEPTH > 64) begin : g_block
            (* no_rw_check, ram_style = "block" *)
            reg [WIDTH-1:0] words [0:DEPTH-1];

            always @(posedge clk) begin
                if (write_enable_i) words[write_address_i] <= write_data_i;
                if (read_enable_i) read_data_q <= words[read_address_i];
            end
        end else begin : g_small
            (* no_rw_check *)
            reg [WIDTH-1:0] words [0:DEPTH-1];

            always @(posedge clk) begin
                if (write_enable_i) words[write_address_i] <= write_data_i;
                if (read_enable_i) read_data_q <= words[read_address_i];
            end
        end
    endgenerate

endmodule
