// Sends frames from a buffer as an AXI4-Stream, a beat for each element, in the order in which they are read. A firing
// reads CHUNK elements; it starts in a cycle with go_i, while the port waits or in the cycle of a chunk's last read.
// Reads come from the cycle after its start on, one a cycle; beats are offered two cycles after their reads. While a
// firing is on its way, final_i says whether it is a frame's last.
// read_o comes one cycle before a chunk's last read; done_o in the cycle of a frame's last.
// The memory's read register, which holds its value while re_o is 0, is a stage of this pipeline: nothing is read before
// its place in the skid buffer is free, so no read has to be thrown away or repeated.
module sluice_axis_send #(
  parameter WIDTH = 32,
  parameter CHUNK = 16   // beats of a firing
) (
  input  wire             clk,
  input  wire             rst,
  input  wire             go_i,
  input  wire             final_i,
  output wire             fire_o,
  output wire             read_o,
  output wire             done_o,
  output wire             re_o,
  input  wire [WIDTH-1:0] rdata_i,
  output wire [WIDTH-1:0] tdata_o,
  output wire             tlast_o,
  output wire             tvalid_o,
  input  wire             tready_i
);
  reg read_q;       // the memory's read register holds an element to send
  reg read_last_q;  // ... the frame's last

  wire skid_ready;
  wire skid_ready_next;
  wire unused_valid_next;
  wire busy;
  wire last;

  wire read_next = re_o | (read_q & ~skid_ready);

  sluice_chunks #(.CHUNK(CHUNK)) u_chunks (
    .clk        (clk),
    .rst        (rst),
    .go_i       (go_i),
    .final_i    (final_i),
    .fire_o     (fire_o),
    .busy_o     (busy),
    .step_i     (re_o),
    .next_i     (~read_next | skid_ready_next),
    .last_o     (last),
    .chunk_end_o(read_o),
    .done_o     (done_o)
  );

  always @(posedge clk) begin
    if (rst) read_q <= 1'b0;
    else     read_q <= read_next;
  end

  always @(posedge clk) begin
    if (re_o) read_last_q <= last;
  end

  sluice_skid #(.WIDTH(WIDTH + 1)) u_skid (
    .clk         (clk),
    .rst         (rst),
    .data_i      ({read_last_q, rdata_i}),
    .valid_i     (read_q),
    .ready_o     (skid_ready),
    .ready_next_o(skid_ready_next),
    .data_o      ({tlast_o, tdata_o}),
    .valid_o     (tvalid_o),
    .valid_next_o(unused_valid_next),
    .ready_i     (tready_i)
  );

  assign re_o = busy & (~read_q | skid_ready);
endmodule
