// A receiver with a stream that pauses and ends its frames as it likes to. Frames and their beats are counted on both
// sides, and one beat in every fourth frame, any, is followed through.
module axis_receive_proof #(
  parameter BEATS = 4,
  parameter CHUNK = 2,
  parameter BITS  = 4   // of the counters: up to 3 * BEATS + 2
) (
  input wire clk,
  input wire go_i,
  input wire data_i,
  input wire last_i,
  input wire offer_i
);
  reg rst = 1;
  always @(posedge clk) rst <= 0;

  // What was offered stays until it is accepted.
  reg  waiting_q, data_q, last_q;
  wire valid = waiting_q | offer_i;
  wire data  = waiting_q ? data_q : data_i;
  wire last  = waiting_q ? last_q : last_i;
  wire fire, written, done, error, ready, we, word;

  wire [BITS-1:0] firing;
  sluice_count #(.COUNT(BEATS / CHUNK), .BITS(BITS)) u_firings (
    .clk(clk), .rst(rst), .step_i(fire), .value_o(firing)
  );

  sluice_axis_receive #(.WIDTH(1), .CHUNK(CHUNK)) u_receive (
    .clk(clk), .rst(rst), .go_i(go_i), .final_i(firing == 0), .fire_o(fire), .written_o(written), .done_o(done), .tlast_error_o(error),
    .tdata_i(data), .tlast_i(last), .tvalid_i(valid), .tready_o(ready), .we_o(we), .wdata_o(word)
  );

  // The frames that come.
  reg [BITS-1:0] in_beat_q;
  reg [1:0]      in_frame_q;
  reg            in_drop_q;
  reg            in_wrong_q;
  wire           accept  = valid & ready;
  wire           element = accept & ~in_drop_q;
  wire           in_end  = element & (last | in_beat_q == BEATS - 1);
  // The frames that are written.
  reg [BITS-1:0] out_beat_q;
  reg [1:0]      out_frame_q;
  wire           out_end = we & out_beat_q == BEATS - 1;

  reg [BITS-1:0] pending_q;  // elements of frames that came and are not written
  reg [BITS-1:0] left_q;     // writes of the firing
  reg            lead_q;     // written_o was 1
  reg            stuck_q;    // something could have been written and was not

  // The beat that is followed.
  (* anyconst *) wire [BITS-1:0] beat;
  (* anyconst *) wire [1:0]      frame;
  reg            have_q, known_q, value_q;
  wire           comes  = element & in_frame_q == frame & (in_beat_q == beat | (last & in_beat_q < beat));
  wire           leaves = we & out_frame_q == frame & out_beat_q == beat;
  always @(posedge clk) begin
    if (comes) begin
      known_q <= in_beat_q == beat;
      value_q <= data;
    end
  end

  always @(posedge clk) begin
    data_q <= data;
    last_q <= last;
    if (rst) begin
      waiting_q   <= 0;
      in_beat_q   <= 0;
      in_frame_q  <= 0;
      in_drop_q   <= 0;
      in_wrong_q  <= 0;
      out_beat_q  <= 0;
      out_frame_q <= 0;
      pending_q   <= 0;
      left_q      <= 0;
      lead_q      <= 0;
      stuck_q     <= 0;
      have_q      <= 0;
    end else begin
      waiting_q   <= valid & ~ready;
      if (element) in_beat_q <= in_end ? 0 : in_beat_q + 1;
      in_frame_q  <= in_frame_q + in_end;
      if (accept) in_drop_q <= ~last & (in_drop_q | in_end);
      in_wrong_q  <= in_wrong_q | (element & last != (in_beat_q == BEATS - 1));
      if (we) out_beat_q <= out_end ? 0 : out_beat_q + 1;
      out_frame_q <= out_frame_q + out_end;
      pending_q   <= pending_q + (element ? last ? BEATS - in_beat_q : 1 : 0) - we;
      left_q      <= left_q - we + (fire ? CHUNK : 0);
      lead_q      <= written;
      stuck_q     <= left_q != 0 & pending_q != 0 & ~we;
      have_q      <= comes | (have_q & ~leaves);
    end
  end

  always @* begin
    if (!rst) begin
      assert(fire == (go_i & (left_q == 0 | (left_q == 1 & we))));
      assert(!we | left_q != 0);
      assert(!we | pending_q != 0);
      assert(lead_q == (we & left_q == 1));
      assert(done == out_end);
      assert(!leaves | have_q);
      assert(!leaves | !known_q | word == value_q);
      // At most one beat is dropped before what is to be written.
      assert(!stuck_q | left_q == 0 | pending_q == 0 | we);
      assert(!error | in_wrong_q);
      assert(error == in_wrong_q | pending_q != 0);
    end
  end
endmodule
