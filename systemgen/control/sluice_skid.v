// Two-entry buffer between two valid/ready handshakes. Both sides are registered: no combinational path from one
// handshake to the other. Latency 1, one transfer a cycle. What ready_o and valid_o will be in the next cycle is known
// one cycle before, from both sides.
module sluice_skid #(
  parameter WIDTH = 8
) (
  input  wire             clk,
  input  wire             rst,
  input  wire [WIDTH-1:0] data_i,
  input  wire             valid_i,
  output wire             ready_o,
  output wire             ready_next_o,
  output wire [WIDTH-1:0] data_o,
  output wire             valid_o,
  output wire             valid_next_o,
  input  wire             ready_i
);
  reg [WIDTH-1:0] data_q;
  reg [WIDTH-1:0] spare_q;
  reg             valid_q;
  reg             spare_valid_q;
  reg             ready_q;  // spare_q is free

  wire take       = valid_i & ready_q;
  wire move       = ready_i | ~valid_q;  // data_q is free at the end of this cycle
  wire valid_next = ~move | spare_valid_q | take;
  wire spare_next = ~move & (spare_valid_q | take);

  always @(posedge clk) begin
    if (move)         data_q  <= spare_valid_q ? spare_q : data_i;
    if (take & ~move) spare_q <= data_i;
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_q       <= 1'b0;
      spare_valid_q <= 1'b0;
      ready_q       <= 1'b0;
    end else begin
      valid_q       <= valid_next;
      spare_valid_q <= spare_next;
      ready_q       <= ~spare_next;
    end
  end

  assign data_o       = data_q;
  assign valid_o      = valid_q;
  assign valid_next_o = valid_next;
  assign ready_o      = ready_q;
  assign ready_next_o = ~spare_next;
endmodule
