// Writes one frame of an AXI4-Stream into a memory, from address 0 on. start_i: a pulse; done_o: a pulse in the cycle of
// the last write. A beat is written one cycle after it was accepted, one beat a cycle. Two beats of the next frame are
// accepted while the memory is not free for them.
// tlast_error_o stays 1 from the first beat whose TLAST does not agree with the frame's length.
module sluice_axis_receive #(
  parameter WIDTH        = 32,
  parameter ADDRESS_BITS = 4,
  parameter [ADDRESS_BITS-1:0] LAST = {ADDRESS_BITS{1'b1}}  // address of a frame's last element
) (
  input  wire                    clk,
  input  wire                    rst,
  input  wire                    start_i,
  output wire                    done_o,
  output wire                    tlast_error_o,
  input  wire [WIDTH-1:0]        tdata_i,
  input  wire                    tlast_i,
  input  wire                    tvalid_i,
  output wire                    tready_o,
  output wire                    we_o,
  output wire [ADDRESS_BITS-1:0] waddr_o,
  output wire [WIDTH-1:0]        wdata_o
);
  reg                    busy_q;
  reg                    tlast_error_q;
  reg [ADDRESS_BITS-1:0] address_q;

  wire valid;
  wire tlast;
  wire take = busy_q & valid;
  wire last = address_q == LAST;

  sluice_skid #(.WIDTH(WIDTH + 1)) u_skid (
    .clk    (clk),
    .rst    (rst),
    .data_i ({tlast_i, tdata_i}),
    .valid_i(tvalid_i),
    .ready_o(tready_o),
    .data_o ({tlast, wdata_o}),
    .valid_o(valid),
    .ready_i(busy_q)
  );

  always @(posedge clk) begin
    if (rst) begin
      busy_q        <= 1'b0;
      tlast_error_q <= 1'b0;
      address_q     <= {ADDRESS_BITS{1'b0}};
    end else begin
      busy_q        <= start_i | (busy_q & ~done_o);
      tlast_error_q <= tlast_error_q | (take & (tlast ^ last));
      if (take) address_q <= last ? {ADDRESS_BITS{1'b0}} : address_q + 1'b1;
    end
  end

  assign we_o          = take;
  assign waddr_o       = address_q;
  assign done_o        = take & last;
  assign tlast_error_o = tlast_error_q;
endmodule
