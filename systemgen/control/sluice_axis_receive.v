// Writes frames of an AXI4-Stream into a buffer, an element for each beat, in the stream's order. A firing writes CHUNK
// beats; it starts in a cycle with go_i, while the port waits or in the cycle of a chunk's last write. A beat is written
// one cycle after it was accepted at the soonest, from the cycle after the firing's start on, one a cycle. One beat is
// accepted while none may be written. While a firing is on its way, final_i says whether it is a frame's last.
// written_o comes one cycle before a chunk's last write; done_o in the cycle of a frame's last.
// A frame that ends early (TLAST before its last beat) is filled up with anything. Of one that goes on beyond its last
// beat the rest is dropped, up to a beat with TLAST. So the next frame is right again; tlast_error_o stays 1.
module sluice_axis_receive #(
  parameter WIDTH = 32,
  parameter CHUNK = 16   // beats of a firing
) (
  input  wire             clk,
  input  wire             rst,
  input  wire             go_i,
  input  wire             final_i,
  output wire             fire_o,
  output wire             written_o,
  output wire             done_o,
  output wire             tlast_error_o,
  input  wire [WIDTH-1:0] tdata_i,
  input  wire             tlast_i,
  input  wire             tvalid_i,
  output wire             tready_o,
  output wire             we_o,
  output wire [WIDTH-1:0] wdata_o
);
  reg [WIDTH-1:0] data_q;
  reg             last_q;
  reg             valid_q;
  reg             fill_q;  // the frame has ended early
  reg             drop_q;  // the frame has not ended in time
  reg             tlast_error_q;

  wire busy;
  wire last;  // a write now is the frame's last

  wire take  = busy & valid_q & ~drop_q & ~fill_q;
  wire early = take & last_q & ~last;
  wire late  = take & ~last_q & last;

  wire valid_next = tvalid_i | ~tready_o;
  wire fill_next  = early | (fill_q & ~done_o);
  wire drop_next  = late | (drop_q & ~(valid_q & last_q));

  sluice_chunks #(.CHUNK(CHUNK)) u_chunks (
    .clk        (clk),
    .rst        (rst),
    .go_i       (go_i),
    .final_i    (final_i),
    .fire_o     (fire_o),
    .busy_o     (busy),
    .step_i     (we_o),
    .next_i     (fill_next | (valid_next & ~drop_next)),
    .last_o     (last),
    .chunk_end_o(written_o),
    .done_o     (done_o)
  );

  always @(posedge clk) begin
    if (tready_o) begin
      data_q <= tdata_i;
      last_q <= tlast_i;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_q       <= 1'b0;
      fill_q        <= 1'b0;
      drop_q        <= 1'b0;
      tlast_error_q <= 1'b0;
    end else begin
      valid_q       <= valid_next;
      fill_q        <= fill_next;
      drop_q        <= drop_next;
      tlast_error_q <= tlast_error_q | early | late;
    end
  end

  // Of registers alone: no path leads from one side of the stream's handshake to the other.
  assign tready_o = ~valid_q | drop_q | (busy & ~fill_q);

  assign we_o          = take | (busy & fill_q);
  assign wdata_o       = data_q;
  assign tlast_error_o = tlast_error_q;
endmodule
