// Writes a tensor's elements, which come one at a time in a stream's order, into the memories that they are dealt out
// over. The parameters of its walk are those of sluice_bank_walk.
module sluice_bank_scatter #(
  parameter COUNT        = 2,  // memories
  parameter WIDTH        = 8,  // of an element
  parameter BANK_BITS    = 1,
  parameter ADDRESS_BITS = 1,
  parameter RING         = 0,
  parameter DIMENSIONS   = 1,
  parameter PLACE_BITS   = BANK_BITS + ADDRESS_BITS,
  parameter [DIMENSIONS*32-1:0] EXTENTS = {DIMENSIONS{32'd4}},
  parameter [DIMENSIONS*32-1:0] BLOCKS  = {DIMENSIONS{32'd1}},
  parameter [DIMENSIONS*32-1:0] BANKS   = {DIMENSIONS{32'd1}},
  parameter [DIMENSIONS*PLACE_BITS-1:0] WITHIN = {DIMENSIONS*PLACE_BITS{1'b0}},
  parameter [DIMENSIONS*PLACE_BITS-1:0] ACROSS = {DIMENSIONS*PLACE_BITS{1'b0}},
  parameter [DIMENSIONS*PLACE_BITS-1:0] AROUND = {DIMENSIONS*PLACE_BITS{1'b0}},
  parameter [PLACE_BITS-1:0]            FRAME  = {PLACE_BITS{1'b0}}
) (
  input  wire                          clk,
  input  wire                          rst,
  input  wire                          we_i,
  input  wire [WIDTH-1:0]              data_i,
  output wire [COUNT-1:0]              we_o,
  output wire [COUNT*ADDRESS_BITS-1:0] waddr_o,
  output wire [COUNT*WIDTH-1:0]        wdata_o
);
  wire [BANK_BITS-1:0]    bank;
  wire [ADDRESS_BITS-1:0] address;

  sluice_bank_walk #(
    .BANK_BITS(BANK_BITS), .ADDRESS_BITS(ADDRESS_BITS), .RING(RING), .DIMENSIONS(DIMENSIONS), .EXTENTS(EXTENTS),
    .BLOCKS(BLOCKS), .BANKS(BANKS), .WITHIN(WITHIN), .ACROSS(ACROSS), .AROUND(AROUND), .FRAME(FRAME)
  ) u_walk (.clk(clk), .rst(rst), .step_i(we_i), .bank_o(bank), .address_o(address));

  genvar k;
  generate
    for (k = 0; k < COUNT; k = k + 1) begin : g_bank
      localparam [31:0] NUMBER = k;
      assign we_o[k] = we_i & (bank == NUMBER[BANK_BITS-1:0]);
    end
  endgenerate

  assign waddr_o = {COUNT{address}};
  assign wdata_o = {COUNT{data_i}};
endmodule
