// Sends one frame from a memory as an AXI4-Stream, from address 0 on. start_i: a pulse; done_o: a pulse in the cycle of
// the last read, after which the memory may be written. The first beat is offered three cycles after start_i, then one
// beat a cycle.
// The memory's read register, which holds its value while re_o is 0, is a stage of this pipeline: nothing is read before
// its place in the skid buffer is free, so no read has to be thrown away or repeated.
module sluice_axis_send #(
  parameter WIDTH        = 32,
  parameter ADDRESS_BITS = 4,
  parameter [ADDRESS_BITS-1:0] LAST = {ADDRESS_BITS{1'b1}}  // address of a frame's last element
) (
  input  wire                    clk,
  input  wire                    rst,
  input  wire                    start_i,
  output wire                    done_o,
  output wire                    re_o,
  output wire [ADDRESS_BITS-1:0] raddr_o,
  input  wire [WIDTH-1:0]        rdata_i,
  output wire [WIDTH-1:0]        tdata_o,
  output wire                    tlast_o,
  output wire                    tvalid_o,
  input  wire                    tready_i
);
  reg                    busy_q;
  reg                    read_q;       // the memory's read register holds an element to send
  reg                    read_last_q;  // ... the frame's last
  reg [ADDRESS_BITS-1:0] address_q;

  wire skid_ready;
  wire last = address_q == LAST;

  always @(posedge clk) begin
    if (rst) begin
      busy_q      <= 1'b0;
      read_q      <= 1'b0;
      read_last_q <= 1'b0;
      address_q   <= {ADDRESS_BITS{1'b0}};
    end else begin
      busy_q <= start_i | (busy_q & ~done_o);
      read_q <= re_o | (read_q & ~skid_ready);
      if (re_o) begin
        read_last_q <= last;
        address_q   <= last ? {ADDRESS_BITS{1'b0}} : address_q + 1'b1;
      end
    end
  end

  sluice_skid #(.WIDTH(WIDTH + 1)) u_skid (
    .clk    (clk),
    .rst    (rst),
    .data_i ({read_last_q, rdata_i}),
    .valid_i(read_q),
    .ready_o(skid_ready),
    .data_o ({tlast_o, tdata_o}),
    .valid_o(tvalid_o),
    .ready_i(tready_i)
  );

  assign re_o    = busy_q & (~read_q | skid_ready);
  assign raddr_o = address_q;
  assign done_o  = re_o & last;
endmodule
