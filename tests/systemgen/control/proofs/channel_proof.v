// A circular buffer of CAPACITY rows between the controllers of a writer and of its readers, which all fire equally often.
// Tables are by reader, then by firing, as in TimedChannel and GateTable.
module channel_proof #(
  parameter READERS         = 1,
  parameter FIRINGS         = 5,  // of the writer
  parameter READER_FIRINGS  = 5,
  parameter BITS            = 4,  // of rows
  parameter STEP_BITS       = 3,
  parameter [BITS-1:0]                             CAPACITY       = 3,
  parameter [BITS-1:0]                             ROWS           = 5,
  parameter [FIRINGS*BITS-1:0]                     OPENED         = 0,
  parameter [FIRINGS*BITS-1:0]                     WRITTEN        = 0,
  parameter [READERS*READER_FIRINGS*BITS-1:0]      NEEDED         = 0,
  parameter [READERS*READER_FIRINGS*BITS-1:0]      FREED          = 0,
  parameter [READERS*32-1:0]                       CREDIT_WIDTHS  = 0,
  parameter [READERS*32-1:0]                       CREDIT_INITIAL = 0,
  parameter [READERS*FIRINGS*STEP_BITS-1:0]        CREDIT_STEPS   = 0,
  parameter [READERS*32-1:0]                       TOKEN_WIDTHS   = 0,
  parameter [READERS*32-1:0]                       TOKEN_INITIAL  = 0,
  parameter [READERS*READER_FIRINGS*STEP_BITS-1:0] TOKEN_STEPS    = 0
) (
  input wire             clk,
  input wire [READERS:0] want_i,
  input wire [READERS:0] end_i
);
  localparam TABLE = READER_FIRINGS * BITS;

  reg rst = 1;
  always @(posedge clk) rst <= 0;

  wire               write_go, write_fire, write_quiet, written;
  wire [READERS-1:0] room, read_quiet, read;
  wire [BITS-1:0]    open_next, opening, completed;

  localparam WRITE_BITS = FIRINGS > 1 ? $clog2(FIRINGS) : 1;
  wire [WRITE_BITS-1:0] write_firing;
  sluice_count #(.COUNT(FIRINGS)) u_writes (
    .clk(clk), .rst(rst), .step_i(write_fire), .value_o(write_firing)
  );
  sluice_controller #(
    .GATES(READERS), .FIRINGS(FIRINGS), .STEP_BITS(STEP_BITS), .WIDTHS(CREDIT_WIDTHS), .INITIAL(CREDIT_INITIAL),
    .STEPS(CREDIT_STEPS)
  ) u_write (
    .clk(clk), .rst(rst), .pulse_i(read), .firing_i(write_firing), .fire_i(write_fire), .go_o(write_go)
  );
  proof_actor #(.BITS(BITS), .FIRINGS(FIRINGS), .ROWS(ROWS), .STARTED(OPENED), .ENDED(WRITTEN)) u_writer (
    .clk(clk), .rst(rst), .go_i(write_go), .want_i(want_i[READERS]), .end_i(end_i[READERS]), .fire_o(write_fire),
    .pulse_o(written), .quiet_o(write_quiet), .next_o(open_next), .started_o(opening), .ended_o(completed)
  );

  genvar r;
  generate
    for (r = 0; r < READERS; r = r + 1) begin : g_reader
      wire            go, fire;
      wire [BITS-1:0] need_next, needing, freeing;

      localparam READ_BITS = READER_FIRINGS > 1 ? $clog2(READER_FIRINGS) : 1;
      wire [READ_BITS-1:0] firing;
      sluice_count #(.COUNT(READER_FIRINGS)) u_reads (
        .clk(clk), .rst(rst), .step_i(fire), .value_o(firing)
      );
      sluice_controller #(
        .GATES(1), .FIRINGS(READER_FIRINGS), .STEP_BITS(STEP_BITS), .WIDTHS(TOKEN_WIDTHS[r*32 +: 32]),
        .INITIAL(TOKEN_INITIAL[r*32 +: 32]),
        .STEPS(TOKEN_STEPS[r*READER_FIRINGS*STEP_BITS +: READER_FIRINGS*STEP_BITS])
      ) u_read (.clk(clk), .rst(rst), .pulse_i(written), .firing_i(firing), .fire_i(fire), .go_o(go));
      proof_actor #(
        .BITS(BITS), .FIRINGS(READER_FIRINGS), .ROWS(ROWS), .STARTED(NEEDED[r*TABLE +: TABLE]),
        .ENDED(FREED[r*TABLE +: TABLE])
      ) u_reader (
        .clk(clk), .rst(rst), .go_i(go), .want_i(want_i[r]), .end_i(end_i[r]), .fire_o(fire), .pulse_o(read[r]),
        .quiet_o(read_quiet[r]), .next_o(need_next), .started_o(needing), .ended_o(freeing)
      );

      // Rows at a frame's end that no firing needs: they are freed with others, maybe before they are written.
      localparam [BITS-1:0] UNREAD = ROWS - NEEDED[(r+1)*TABLE-BITS +: BITS];

      // Rows that are complete less rows that started firings need: never below 0, or one is read before it is there.
      reg signed [BITS+1:0] ready_q;
      // Rows that started firings touch less rows that are free again: never above CAPACITY, or one is overwritten that
      // is still to be read.
      reg signed [BITS+1:0] occupied_q;

      always @(posedge clk) begin
        if (rst) begin
          ready_q    <= UNREAD;  // as after a frame
          occupied_q <= 0;
        end else begin
          ready_q    <= ready_q + completed - needing;
          occupied_q <= occupied_q + opening - freeing;
        end
      end

      assign room[r] = occupied_q + open_next <= CAPACITY;

      always @* begin
        if (!rst) begin
          assert(ready_q >= 0);
          assert(occupied_q + $signed({2'b0, UNREAD}) >= 0);
          assert(occupied_q <= $signed({2'b0, CAPACITY}));
          // No token is lost, none is made up.
          if (write_quiet) assert(go == (ready_q >= $signed({2'b0, need_next})));
        end
      end
    end
  endgenerate

  always @* begin
    if (!rst && &read_quiet) assert(write_go == &room);
  end
endmodule
