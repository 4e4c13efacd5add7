// Reads a tensor's elements one at a time, in a stream's order, from the memories that they are dealt out over. The
// element comes one cycle after re_i and stays until the next. The parameters of its walk are those of sluice_bank_walk.
module sluice_bank_gather #(
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
  input  wire                          re_i,
  output wire [WIDTH-1:0]              data_o,
  output wire [COUNT-1:0]              re_o,
  output wire [COUNT*ADDRESS_BITS-1:0] raddr_o,
  input  wire [COUNT*WIDTH-1:0]        rdata_i
);
  wire [BANK_BITS-1:0]    bank;
  wire [ADDRESS_BITS-1:0] address;

  reg [BANK_BITS-1:0] bank_q;  // that was read last

  sluice_bank_walk #(
    .BANK_BITS(BANK_BITS), .ADDRESS_BITS(ADDRESS_BITS), .RING(RING), .DIMENSIONS(DIMENSIONS), .EXTENTS(EXTENTS),
    .BLOCKS(BLOCKS), .BANKS(BANKS), .WITHIN(WITHIN), .ACROSS(ACROSS), .AROUND(AROUND), .FRAME(FRAME)
  ) u_walk (.clk(clk), .rst(rst), .step_i(re_i), .bank_o(bank), .address_o(address));

  always @(posedge clk) begin
    if (re_i) bank_q <= bank;
  end

  genvar k;
  generate
    for (k = 0; k < COUNT; k = k + 1) begin : g_bank
      localparam [31:0] NUMBER = k;
      assign re_o[k] = re_i & (bank == NUMBER[BANK_BITS-1:0]);
    end
  endgenerate

  assign raddr_o = {COUNT{address}};
  assign data_o  = rdata_i[bank_q*WIDTH +: WIDTH];
endmodule
