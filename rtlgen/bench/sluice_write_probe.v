// Test bench: watches the write port of a buffer inside the design, of one or several memories ("banks"), and compares
// every element with the expected one, to find out who went wrong first.
module sluice_write_probe #(
  parameter WIDTH        = 8,
  parameter ADDRESS_BITS = 1,
  parameter BANKS        = 1,
  parameter WORDS        = 1,   // of a bank
  parameter ELEMENTS     = 1,   // written in a frame
  parameter FRAMES       = 1,
  parameter NAME         = "",
  parameter EXPECTED     = ""  // file: a word a line, in hexadecimal, bank after bank
) (
  input wire                          clk,
  input wire                          rst,
  input wire [63:0]                   cycle_i,
  input wire [BANKS-1:0]              enable_i,
  input wire [BANKS*ADDRESS_BITS-1:0] address_i,
  input wire [BANKS*WIDTH-1:0]        data_i
);
  reg [WIDTH-1:0] expected [0:BANKS*WORDS*FRAMES-1];

  integer written;  // elements of this frame
  integer frame;
  reg     wrong;    // the first mismatch was printed
  integer bank;

  reg [ADDRESS_BITS-1:0] address;
  reg [WIDTH-1:0]        data;
  reg [WIDTH-1:0]        wanted;

  initial $readmemh(EXPECTED, expected);

  always @(posedge clk) begin
    if (rst) begin
      written = 0;
      frame   = 0;
      wrong   = 1'b0;
    end else begin
      for (bank = 0; bank < BANKS; bank = bank + 1) begin
        if (enable_i[bank] !== 1'b0 && frame < FRAMES) begin
          address = address_i[bank*ADDRESS_BITS +: ADDRESS_BITS];
          data    = data_i[bank*WIDTH +: WIDTH];
          wanted  = expected[(frame * BANKS + bank) * WORDS + {{(32 - ADDRESS_BITS){1'b0}}, address}];
          if (!wrong && data !== wanted) begin
            wrong = 1'b1;
            $display("SLUICE probe channel=%0s cycle=%0d frame=%0d bank=%0d index=%0d expected=%h got=%h", NAME, cycle_i,
                     frame, bank, address, wanted, data);
          end
          written = written + 1;
        end
      end
      if (written >= ELEMENTS) begin
        written = 0;
        frame   = frame + 1;
      end
    end
  end
endmodule
