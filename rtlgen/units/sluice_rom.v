// Read-only memory, DEPTH words of WIDTH bits, filled from a file of hexadecimal words.
// latency: 1; maps to block memory, if it has more than 1 kbit and more than 64 words: a shallow one would waste blocks
module sluice_rom #(
    parameter WIDTH     = 32,
    parameter DEPTH     = 1024,
    parameter ADDRESS   = DEPTH > 1 ? $clog2(DEPTH) : 1,
    parameter INIT_FILE = ""
) (
    input  wire               clk,
    input  wire               read_enable_i,
    input  wire [ADDRESS-1:0] read_address_i,
    output wire [WIDTH-1:0]   read_data_o
);

    reg [WIDTH-1:0] read_data_q;
    assign read_data_o = read_data_q;

    generate
        if (WIDTH * DEPTH > 1024 && DEPTH > 64) begin : g_block
            (* rom_style = "block" *)
            reg [WIDTH-1:0] words [0:DEPTH-1];

            initial if (INIT_FILE != "") $readmemh(INIT_FILE, words);

            always @(posedge clk) begin
                if (read_enable_i) read_data_q <= words[read_address_i];
            end
        end else begin : g_small
            reg [WIDTH-1:0] words [0:DEPTH-1];

            initial if (INIT_FILE != "") $readmemh(INIT_FILE, words);

            always @(posedge clk) begin
                if (read_enable_i) read_data_q <= words[read_address_i];
            end
        end
    endgenerate

endmodule
