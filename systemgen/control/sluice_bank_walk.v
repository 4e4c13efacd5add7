// Walks through a tensor's elements in row-major order and says in which of several memories ("bank"), and where in it,
// each is. A dimension of EXTENT indices is dealt out BLOCK at a time, round-robin over BANKS. Of every list, the
// innermost dimension is lowest. A place is {bank, address}; it changes, modulo its width, by
//   WITHIN  where a dimension goes on inside a block
//   ACROSS  where it goes to the next bank
//   AROUND  where it goes back to the first bank
// and all dimensions inside it go back to index 0. After the last element comes the first.
module sluice_bank_walk #(
  parameter DIMENSIONS = 1,
  parameter PLACE_BITS = 4,
  parameter [DIMENSIONS*32-1:0] EXTENTS = {DIMENSIONS{32'd4}},
  parameter [DIMENSIONS*32-1:0] BLOCKS  = {DIMENSIONS{32'd1}},
  parameter [DIMENSIONS*32-1:0] BANKS   = {DIMENSIONS{32'd1}},
  parameter [DIMENSIONS*PLACE_BITS-1:0] WITHIN = {DIMENSIONS*PLACE_BITS{1'b0}},
  parameter [DIMENSIONS*PLACE_BITS-1:0] ACROSS = {DIMENSIONS*PLACE_BITS{1'b0}},
  parameter [DIMENSIONS*PLACE_BITS-1:0] AROUND = {DIMENSIONS*PLACE_BITS{1'b0}}
) (
  input  wire                  clk,
  input  wire                  rst,
  input  wire                  step_i,
  output wire [PLACE_BITS-1:0] place_o
);
  reg [PLACE_BITS-1:0] place_q;

  wire [DIMENSIONS-1:0]            last;   // bit d: dimension d is at its last index
  wire [DIMENSIONS*PLACE_BITS-1:0] steps;  // part d: the change of the place, if d is the outermost that changes

  genvar d;
  generate
    for (d = 0; d < DIMENSIONS; d = d + 1) begin : g_dimension
      localparam [31:0] LAST_INDEX = EXTENTS[d*32 +: 32] - 1;
      localparam [31:0] LAST_PLACE = BLOCKS[d*32 +: 32] - 1;
      localparam [31:0] LAST_BANK  = BANKS[d*32 +: 32] - 1;
      localparam INDEX_BITS = LAST_INDEX > 0 ? $clog2(LAST_INDEX + 1) : 1;
      localparam BLOCK_BITS = LAST_PLACE > 0 ? $clog2(LAST_PLACE + 1) : 1;
      localparam BANK_BITS  = LAST_BANK > 0 ? $clog2(LAST_BANK + 1) : 1;

      reg [INDEX_BITS-1:0] index_q;
      reg [BLOCK_BITS-1:0] within_q;  // a block
      reg [BANK_BITS-1:0]  bank_q;

      wire inner_last  = &(last | ({DIMENSIONS{1'b1}} << d));
      wire end_block   = within_q == LAST_PLACE[BLOCK_BITS-1:0];
      wire end_of_turn = bank_q == LAST_BANK[BANK_BITS-1:0];

      assign last[d] = index_q == LAST_INDEX[INDEX_BITS-1:0];
      assign steps[d*PLACE_BITS +: PLACE_BITS] =
          !inner_last || last[d] ? {PLACE_BITS{1'b0}} :
          !end_block             ? WITHIN[d*PLACE_BITS +: PLACE_BITS] :
          end_of_turn            ? AROUND[d*PLACE_BITS +: PLACE_BITS] : ACROSS[d*PLACE_BITS +: PLACE_BITS];

      always @(posedge clk) begin
        if (rst || (step_i && inner_last && last[d])) begin
          index_q  <= {INDEX_BITS{1'b0}};
          within_q <= {BLOCK_BITS{1'b0}};
          bank_q   <= {BANK_BITS{1'b0}};
        end else if (step_i && inner_last) begin
          index_q  <= index_q + 1'b1;
          within_q <= end_block ? {BLOCK_BITS{1'b0}} : within_q + 1'b1;
          if (end_block) bank_q <= end_of_turn ? {BANK_BITS{1'b0}} : bank_q + 1'b1;
        end
      end
    end
  endgenerate

  reg [PLACE_BITS-1:0] change;
  integer i;
  always @* begin
    change = {PLACE_BITS{1'b0}};
    for (i = 0; i < DIMENSIONS; i = i + 1) change = change | steps[i*PLACE_BITS +: PLACE_BITS];
  end

  always @(posedge clk) begin
    if (rst || (step_i && &last)) place_q <= {PLACE_BITS{1'b0}};
    else if (step_i)              place_q <= place_q + change;
  end

  assign place_o = place_q;
endmodule
