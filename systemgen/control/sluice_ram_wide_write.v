// BANKS memories that are written LANES neighbouring words at once, and read one word at a time, each through ports of
// its own, as in sluice_ram_banks. A bank's words are interleaved among LANES memories of DEPTH words.
// latency: 1 (read)
module sluice_ram_wide_write #(
  parameter BANKS     = 1,
  parameter LANES     = 2,  // a power of two, at least 2
  parameter WIDTH     = 32,
  parameter DEPTH     = 512,
  parameter ADDRESS   = DEPTH > 1 ? $clog2(DEPTH) : 1,
  parameter READ_BITS = $clog2(DEPTH * LANES)
) (
  input  wire                         clk,
  input  wire [BANKS-1:0]             write_enable_i,
  input  wire [BANKS*ADDRESS-1:0]     write_address_i,
  input  wire [BANKS*LANES*WIDTH-1:0] write_data_i,
  input  wire [BANKS-1:0]             read_enable_i,
  input  wire [BANKS*READ_BITS-1:0]   read_address_i,
  output wire [BANKS*WIDTH-1:0]       read_data_o
);
  localparam LANE_BITS = $clog2(LANES);

  genvar k, l;
  generate
    for (k = 0; k < BANKS; k = k + 1) begin : g_bank
      wire [LANE_BITS-1:0]   lane = read_address_i[k*READ_BITS +: LANE_BITS];
      wire [ADDRESS-1:0]     address;
      wire [LANES*WIDTH-1:0] words;

      if (DEPTH > 1) begin : g_address
        assign address = read_address_i[k*READ_BITS + LANE_BITS +: ADDRESS];
      end else begin : g_no_address
        assign address = {ADDRESS{1'b0}};
      end

      reg [LANE_BITS-1:0] lane_q;  // that was read last
      always @(posedge clk) begin
        if (read_enable_i[k]) lane_q <= lane;
      end

      for (l = 0; l < LANES; l = l + 1) begin : g_lane
        localparam [31:0] NUMBER = l;
        sluice_ram #(.WIDTH(WIDTH), .DEPTH(DEPTH)) u_ram (
          .clk            (clk),
          .write_enable_i (write_enable_i[k]),
          .write_address_i(write_address_i[k*ADDRESS +: ADDRESS]),
          .write_data_i   (write_data_i[(k*LANES + l)*WIDTH +: WIDTH]),
          .read_enable_i  (read_enable_i[k] & (lane == NUMBER[LANE_BITS-1:0])),
          .read_address_i (address),
          .read_data_o    (words[l*WIDTH +: WIDTH])
        );
      end

      assign read_data_o[k*WIDTH +: WIDTH] = words[lane_q*WIDTH +: WIDTH];
    end
  endgenerate
endmodule
