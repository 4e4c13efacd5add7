// A sender with a stream that takes beats when it likes to. Frames and their beats are counted on both sides, and one beat
// in every second frame, any, is followed through.
module axis_send_proof #(
  parameter BEATS = 4,
  parameter CHUNK = 2,
  parameter BITS  = 3   // of the counters: up to BEATS and 3
) (
  input wire clk,
  input wire go_i,
  input wire data_i,
  input wire ready_i
);
  reg rst = 1;
  always @(posedge clk) rst <= 0;

  reg  read_data_q;  // of the memory
  wire fire, read, done, re, data, last, valid;

  wire [BITS-1:0] firing;
  sluice_count #(.COUNT(BEATS / CHUNK), .BITS(BITS)) u_firings (
    .clk(clk), .rst(rst), .step_i(fire), .value_o(firing)
  );

  sluice_axis_send #(.WIDTH(1), .CHUNK(CHUNK)) u_send (
    .clk(clk), .rst(rst), .go_i(go_i), .final_i(firing == 0), .fire_o(fire), .read_o(read), .done_o(done), .re_o(re), .rdata_i(read_data_q),
    .tdata_o(data), .tlast_o(last), .tvalid_o(valid), .tready_i(ready_i)
  );

  reg [BITS-1:0] in_beat_q, out_beat_q;
  reg [2:0]      in_frame_q, out_frame_q;
  reg [BITS-1:0] left_q;     // reads of the firing
  reg [2:0]      pending_q;  // elements that were read and are not sent
  reg            lead_q;     // read_o was 1
  reg            late_q;     // something was pending and not offered
  wire           sent    = valid & ready_i;
  wire           in_end  = re & in_beat_q == BEATS - 1;
  wire           out_end = sent & out_beat_q == BEATS - 1;

  // What was offered and not taken.
  reg waiting_q, waiting_data_q, waiting_last_q;

  // The beat that is followed.
  (* anyconst *) wire [BITS-1:0] beat;
  (* anyconst *) wire [2:0]      frame;
  reg            have_q, value_q;
  wire           comes  = re & in_frame_q == frame & in_beat_q == beat;
  wire           leaves = sent & out_frame_q == frame & out_beat_q == beat;
  always @(posedge clk) begin
    if (comes) value_q <= data_i;
  end

  always @(posedge clk) begin
    if (re) read_data_q <= data_i;
    waiting_data_q <= data;
    waiting_last_q <= last;
    if (rst) begin
      in_beat_q   <= 0;
      in_frame_q  <= 0;
      out_beat_q  <= 0;
      out_frame_q <= 0;
      left_q      <= 0;
      pending_q   <= 0;
      lead_q      <= 0;
      late_q      <= 0;
      waiting_q   <= 0;
      have_q      <= 0;
    end else begin
      if (re)   in_beat_q  <= in_end ? 0 : in_beat_q + 1;
      if (sent) out_beat_q <= out_end ? 0 : out_beat_q + 1;
      in_frame_q  <= in_frame_q + in_end;
      out_frame_q <= out_frame_q + out_end;
      left_q      <= left_q - re + (fire ? CHUNK : 0);
      pending_q   <= pending_q + re - sent;
      lead_q      <= read;
      late_q      <= pending_q != 0 & ~valid;
      waiting_q   <= valid & ~ready_i;
      have_q      <= comes | (have_q & ~leaves);
    end
  end

  always @* begin
    if (!rst) begin
      assert(fire == (go_i & (left_q == 0 | (left_q == 1 & re))));
      assert(!re | left_q != 0);
      assert(lead_q == (re & left_q == 1));
      assert(done == in_end);
      // Valid until it is taken, and the same.
      assert(!waiting_q | (valid & data == waiting_data_q & last == waiting_last_q));
      assert(!valid | pending_q != 0);
      assert(!valid | last == (out_beat_q == BEATS - 1));
      assert(!leaves | (have_q & data == value_q));
      // Three elements fit between the memory and the stream, and none waits there without being offered.
      assert(pending_q <= 3);
      assert(left_q == 0 | pending_q == 3 | re);
      assert(!late_q | pending_q == 0 | valid);
    end
  end
endmodule
