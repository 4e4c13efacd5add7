// BANKS memories of DEPTH words of WIDTH bits that are accessed at the same time, each through a write port and a read
// port of its own: of every port, bank k has bit k of the enables and part k of addresses and data.
// latency: 1 (read)
module sluice_ram_banks #(
  parameter BANKS   = 2,
  parameter WIDTH   = 32,
  parameter DEPTH   = 1024,
  parameter ADDRESS = DEPTH > 1 ? $clog2(DEPTH) : 1
) (
  input  wire                     clk,
  input  wire [BANKS-1:0]         write_enable_i,
  input  wire [BANKS*ADDRESS-1:0] write_address_i,
  input  wire [BANKS*WIDTH-1:0]   write_data_i,
  input  wire [BANKS-1:0]         read_enable_i,
  input  wire [BANKS*ADDRESS-1:0] read_address_i,
  output wire [BANKS*WIDTH-1:0]   read_data_o
);
  genvar k;
  generate
    for (k = 0; k < BANKS; k = k + 1) begin : g_bank
      sluice_ram #(.WIDTH(WIDTH), .DEPTH(DEPTH)) u_ram (
        .clk            (clk),
        .write_enable_i (write_enable_i[k]),
        .write_address_i(write_address_i[k*ADDRESS +: ADDRESS]),
        .write_data_i   (write_data_i[k*WIDTH +: WIDTH]),
        .read_enable_i  (read_enable_i[k]),
        .read_address_i (read_address_i[k*ADDRESS +: ADDRESS]),
        .read_data_o    (read_data_o[k*WIDTH +: WIDTH])
      );
    end
  endgenerate
endmodule
