// Test bench: watches the write port of a buffer inside the design and compares every element with the expected one, to
// find out who went wrong first.
module sluice_write_probe #(
  parameter WIDTH        = 8,
  parameter ADDRESS_BITS = 1,
  parameter ELEMENTS     = 1,
  parameter FRAMES       = 1,
  parameter NAME         = "",
  parameter EXPECTED     = ""  // file: an element a line, in hexadecimal
) (
  input wire                    clk,
  input wire                    rst,
  input wire [63:0]             cycle_i,
  input wire                    enable_i,
  input wire [ADDRESS_BITS-1:0] address_i,
  input wire [WIDTH-1:0]        data_i
);
  reg [WIDTH-1:0] expected [0:ELEMENTS*FRAMES-1];

  integer written_q;  // elements of this frame
  integer frame_q;
  reg     wrong_q;    // the first mismatch was printed

  wire [31:0] address = {{(32 - ADDRESS_BITS){1'b0}}, address_i};
  wire [31:0] index   = frame_q * ELEMENTS + address;

  initial $readmemh(EXPECTED, expected);

  always @(posedge clk) begin
    if (rst) begin
      written_q <= 0;
      frame_q   <= 0;
      wrong_q   <= 1'b0;
    end else if (enable_i !== 1'b0 && frame_q < FRAMES) begin
      if (!wrong_q && data_i !== expected[index]) begin
        wrong_q <= 1'b1;
        $display("SLUICE probe channel=%0s cycle=%0d frame=%0d index=%0d expected=%h got=%h", NAME, cycle_i, frame_q,
                 address, expected[index], data_i);
      end
      written_q <= written_q == ELEMENTS - 1 ? 0 : written_q + 1;
      if (written_q == ELEMENTS - 1) frame_q <= frame_q + 1;
    end
  end
endmodule
