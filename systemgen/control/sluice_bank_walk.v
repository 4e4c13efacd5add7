// Walks through a tensor's elements in the order of a stream and says in which of several memories ("bank"), and where in
// it, each is. A dimension of EXTENT indices is dealt out BLOCK at a time, round-robin over BANKS. Of every list, the
// innermost dimension is lowest. A place is {bank, address}; it changes by
//   WITHIN  where a dimension goes on inside a block
//   ACROSS  where it goes to the next bank
//   AROUND  where it goes back to the first bank
//   FRAME   after the last element
// and all dimensions inside it go back to index 0. Banks count modulo 2**BANK_BITS. Addresses count modulo RING, which is
// more than each change's address; if RING is 0, modulo 2**ADDRESS_BITS.
module sluice_bank_walk #(
  parameter BANK_BITS    = 1,
  parameter ADDRESS_BITS = 3,
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
  input  wire                    clk,
  input  wire                    rst,
  input  wire                    step_i,
  output wire [BANK_BITS-1:0]    bank_o,
  output wire [ADDRESS_BITS-1:0] address_o
);
  reg [BANK_BITS-1:0]    bank_q;
  reg [ADDRESS_BITS-1:0] address_q;

  wire [DIMENSIONS-1:0]            last;   // bit d: dimension d is at its last index
  wire [DIMENSIONS*PLACE_BITS-1:0] steps;  // part d: the change of the place, if d is the outermost that changes

  genvar d;
  generate
    for (d = 0; d < DIMENSIONS; d = d + 1) begin : g_dimension
      localparam [31:0] LAST_INDEX = EXTENTS[d*32 +: 32] - 1;
      localparam [31:0] LAST_PLACE = BLOCKS[d*32 +: 32] - 1;
      localparam [31:0] LAST_BANK  = BANKS[d*32 +: 32] - 1;
      localparam [31:0] LAST_START = LAST_BANK * BLOCKS[d*32 +: 32];  // index at which the last bank's first block begins
      localparam [31:0] LAST_REST  = LAST_INDEX - LAST_START;
      localparam ONE_TURN   = LAST_START <= LAST_INDEX && LAST_REST <= LAST_PLACE;
      localparam INDEX_BITS = LAST_INDEX > 0 ? $clog2(LAST_INDEX + 1) : 1;
      localparam BLOCK_BITS = LAST_PLACE > 0 ? $clog2(LAST_PLACE + 1) : 1;
      localparam TURN_BITS  = LAST_BANK > 0 ? $clog2(LAST_BANK + 1) : 1;

      wire inner_last = &(last | ({DIMENSIONS{1'b1}} << d));
      wire step       = step_i & inner_last;
      wire wrap       = rst | (step & last[d]);
      wire end_block;
      wire end_of_turn;

      if (LAST_PLACE == 0) begin : g_blocks_of_one
        assign end_block = 1'b1;
        if (ONE_TURN) assign last[d] = end_of_turn;
      end else begin : g_blocks
        reg [BLOCK_BITS-1:0] place_q;  // in a block

        always @(posedge clk) begin
          if (wrap || (step && end_block)) place_q <= {BLOCK_BITS{1'b0}};
          else if (step)                   place_q <= place_q + 1'b1;
        end

        if (ONE_TURN) assign last[d] = end_of_turn & (place_q == LAST_REST[BLOCK_BITS-1:0]);
        assign end_block = place_q == LAST_PLACE[BLOCK_BITS-1:0];
      end

      if (LAST_BANK == 0) begin : g_one_bank
        assign end_of_turn = 1'b1;
      end else begin : g_banks
        reg [TURN_BITS-1:0] turn_q;  // the bank in this dimension

        always @(posedge clk) begin
          if (wrap || (step && end_block && end_of_turn)) turn_q <= {TURN_BITS{1'b0}};
          else if (step && end_block)                     turn_q <= turn_q + 1'b1;
        end

        assign end_of_turn = turn_q == LAST_BANK[TURN_BITS-1:0];
      end

      if (!ONE_TURN) begin : g_turns
        reg [INDEX_BITS-1:0] index_q;

        always @(posedge clk) begin
          if (wrap)      index_q <= {INDEX_BITS{1'b0}};
          else if (step) index_q <= index_q + 1'b1;
        end

        assign last[d] = index_q == LAST_INDEX[INDEX_BITS-1:0];
      end

      assign steps[d*PLACE_BITS +: PLACE_BITS] =
          !inner_last || last[d]   ? {PLACE_BITS{1'b0}} :
          !end_block               ? WITHIN[d*PLACE_BITS +: PLACE_BITS] :
          end_of_turn && !ONE_TURN ? AROUND[d*PLACE_BITS +: PLACE_BITS] : ACROSS[d*PLACE_BITS +: PLACE_BITS];
    end
  endgenerate

  reg [PLACE_BITS-1:0] change;
  integer i;
  always @* begin
    change = &last ? FRAME : {PLACE_BITS{1'b0}};
    for (i = 0; i < DIMENSIONS; i = i + 1) change = change | steps[i*PLACE_BITS +: PLACE_BITS];
  end

  wire [ADDRESS_BITS-1:0] next_address;
  generate
    if (RING == 0) begin : g_all
      assign next_address = address_q + change[ADDRESS_BITS-1:0];
    end else begin : g_ring
      localparam [31:0] WORDS = RING;
      wire [ADDRESS_BITS:0] sum  = {1'b0, address_q} + {1'b0, change[ADDRESS_BITS-1:0]};
      wire [ADDRESS_BITS:0] rest = sum - {1'b0, WORDS[ADDRESS_BITS-1:0]};  // the highest bit: below 0
      assign next_address = rest[ADDRESS_BITS] ? sum[ADDRESS_BITS-1:0] : rest[ADDRESS_BITS-1:0];
    end
  endgenerate

  always @(posedge clk) begin
    if (rst) begin
      bank_q    <= {BANK_BITS{1'b0}};
      address_q <= {ADDRESS_BITS{1'b0}};
    end else if (step_i) begin
      bank_q    <= bank_q + change[PLACE_BITS-1:ADDRESS_BITS];
      address_q <= next_address;
    end
  end

  assign bank_o    = bank_q;
  assign address_o = address_q;
endmodule
