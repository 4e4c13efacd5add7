#include "rtlgen/units/multiplier/booth_product.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "rtlgen/units/multiplier/dadda_tree.hpp"

namespace sluice {

namespace {

constexpr std::string_view kHead =
    R"(// Product of integers of any widths and signs, wrapped or extended to WY bits: the multiplier inside the units.
// Radix-4 Booth recoding of the narrower operand, a Dadda tree, one adder. The trees are those of the products in this
// design; any other product is left to the operator.
// latency: number of ones in CUTS; initiation interval: 1
//
// segment 0  partial products, upper half of the tree
//         1  lower half, down to two rows
//         2  add the two rows
//      3, 4  nothing
//
// cuts: 4
module sluice_product #(
    parameter       WA   = 16,
    parameter       SA   = 1,  // a is signed
    parameter       WB   = 16,
    parameter       SB   = 1,  // b is signed
    parameter       WY   = 32,
    parameter [3:0] CUTS = 4'd0
) (
    input  wire          clk,
    input  wire [WA-1:0] a_i,
    input  wire [WB-1:0] b_i,
    output wire [WY-1:0] y_o
);

    localparam COLUMNS = WY < WA + WB ? WY : WA + WB;
    localparam SIGNED  = (SA != 0) || (SB != 0);  // the product

    // The narrower operand b is recoded into digits from -2 to 2, each of which selects a multiple of the wider one, a.
    localparam SWAP  = WB > WA;
    localparam ROWS  = ((SWAP ? WA : WB) + ((SWAP ? SA : SB) != 0 ? 1 : 2)) / 2;
    localparam WIDTH = (SWAP ? WB : WA) + ((SWAP ? SB : SA) != 0 ? 1 : 2);  // of a multiple

    wire [WIDTH-1:0]  a;
    wire [2*ROWS-1:0] b;
    generate
        if (SWAP) begin : g_swapped
            sluice_extend #(.WA(WB), .SIGNED(SB), .WY(WIDTH)) i_extend_a (.a_i(b_i), .y_o(a));
            sluice_extend #(.WA(WA), .SIGNED(SA), .WY(2 * ROWS)) i_extend_b (.a_i(a_i), .y_o(b));
        end else begin : g_straight
            sluice_extend #(.WA(WA), .SIGNED(SA), .WY(WIDTH)) i_extend_a (.a_i(a_i), .y_o(a));
            sluice_extend #(.WA(WB), .SIGNED(SB), .WY(2 * ROWS)) i_extend_b (.a_i(b_i), .y_o(b));
        end
    endgenerate

    // A negative multiple is the inverted positive one, and a one from n at its lowest place. Signs are not
    // extended: an inverted sign stands for (1 - sign), and the tree adds the constant that makes up for it.
    wire [2*ROWS:0]       digits = {b, 1'b0};
    reg  [ROWS-1:0]       n;
    reg  [ROWS*WIDTH-1:0] p;
    reg                   one;
    reg                   two;
    integer k;
    always @* begin
        for (k = 0; k < ROWS; k = k + 1) begin
            one  = digits[2*k+1] ^ digits[2*k];
            two  = (digits[2*k+2] ^ digits[2*k+1]) & ~one;
            n[k] = digits[2*k+2];
            p[k*WIDTH +: WIDTH] = (({WIDTH{one}} & a) | ({WIDTH{two}} & {a[WIDTH-2:0], 1'b0})) ^
                                  {~digits[2*k+2], {(WIDTH-1){digits[2*k+2]}}};
        end
    end

    // Trees: x<i>, y<i>, z<i> are the inputs of the adders in stage i, s<i> and c<i> their sums and carries. Statements
    // rather than nets, so that a simulator evaluates an adder once for each change of the operands.
    wire [COLUMNS-1:0] row_x_1;
    wire [COLUMNS-1:0] row_y_1;
    generate
)";

constexpr std::string_view kTail = R"(begin : g_operator
            wire [COLUMNS-1:0] long_a;
            wire [COLUMNS-1:0] long_b;
            sluice_extend #(.WA(WIDTH), .SIGNED(1), .WY(COLUMNS)) i_long_a (.a_i(a), .y_o(long_a));
            sluice_extend #(.WA(2 * ROWS), .SIGNED(1), .WY(COLUMNS)) i_long_b (.a_i(b), .y_o(long_b));
            sluice_pipe #(.WIDTH(COLUMNS), .ENABLE(CUTS[0])) i_cut_0 (
                .clk(clk), .d_i(long_a * long_b), .d_o(row_x_1)
            );
            assign row_y_1 = {COLUMNS{1'b0}};
        end
    endgenerate

    wire [COLUMNS-1:0] row_x;
    wire [COLUMNS-1:0] row_y;
    sluice_pipe #(.WIDTH(2 * COLUMNS), .ENABLE(CUTS[1])) i_cut_1 (
        .clk(clk), .d_i({row_x_1, row_y_1}), .d_o({row_x, row_y})
    );

    wire [COLUMNS-1:0] sum_2 = row_x + row_y;
    wire [COLUMNS-1:0] sum_3;
    wire [COLUMNS-1:0] sum;
    sluice_pipe #(.WIDTH(COLUMNS), .ENABLE(CUTS[2])) i_cut_2 (.clk(clk), .d_i(sum_2), .d_o(sum_3));
    sluice_pipe #(.WIDTH(COLUMNS), .ENABLE(CUTS[3])) i_cut_3 (.clk(clk), .d_i(sum_3), .d_o(sum));
    sluice_extend #(.WA(COLUMNS), .SIGNED(SIGNED), .WY(WY)) i_extend_y (.a_i(sum), .y_o(y_o));

endmodule
)";

/// The bits that the Verilog above makes of a product, and the constant -2^(width-1) in all rows' places together.
BitColumns partial_products(const ProductSize& size) {
  auto [wide, wide_signed] = std::pair{size.a_bits, size.a_signed};
  auto [narrow, narrow_signed] = std::pair{size.b_bits, size.b_signed};
  if (narrow > wide) {
    std::swap(wide, narrow);
    std::swap(wide_signed, narrow_signed);
  }
  const int rows = (narrow + (narrow_signed ? 1 : 2)) / 2;
  const int width = wide + (wide_signed ? 1 : 2);

  BitColumns columns(static_cast<std::size_t>(width + 2 * rows));
  const auto put = [&](int column, std::string bit) {
    columns[static_cast<std::size_t>(column)].push_back(std::move(bit));
  };
  put(width - 1, "1'b1");
  for (int row = 0; row < rows; ++row) {
    put(width + 2 * row, "1'b1");
    for (int bit = 0; bit < width; ++bit) put(bit + 2 * row, fmt::format("p[{}]", row * width + bit));
    put(2 * row, fmt::format("n[{}]", row));
  }
  return columns;
}

/// "{a, b, ...}", the last bit first, on as many lines as it takes.
std::string concatenation(const std::vector<std::string>& bits) {
  constexpr std::size_t kLineLength = 100;
  std::string text = "{";
  std::size_t line = 0;
  for (auto bit = bits.rbegin(); bit != bits.rend(); ++bit) {
    if (bit != bits.rbegin()) text += ",";
    if (text.size() - line > kLineLength) {
      text += "\n               ";
      line = text.size();
    }
    text += (bit == bits.rbegin() ? "" : " ") + *bit;
  }
  return text + "}";
}

/// How many stages of a tree come before its cut, so that the two parts take about as long: the partial products take
/// as long as two stages.
int stages_before_cut(int height) {
  int stages = 0;
  for (; height > 2; height = dadda_height(height)) ++stages;
  return std::max(0, (stages - 1) / 2);
}

/// The Verilog of one tree.
class TreeText {
 public:
  explicit TreeText(const ProductSize& size) : columns_(partial_products(size)) {
    drop_columns(static_cast<std::size_t>(size.result_bits));
    int stage = 0;
    for (int upper = stages_before_cut(height(columns_)); upper > 0; --upper) add_stage(stage++);
    add_cut();
    while (height(columns_) > 2) add_stage(stage++);
    set("row_x_0", columns_.size(), row(0));
    set("row_y_0", columns_.size(), row(1));
    end_block();
    text_ += "            assign row_x_1 = row_x_0;\n            assign row_y_1 = row_y_0;\n";
    if (!unused_.empty()) text_ += fmt::format("            wire unused_bits = ^{};\n", concatenation(unused_));
  }

  [[nodiscard]] std::string text() const { return declarations_ + text_; }

 private:
  void drop_columns(std::size_t from) {
    for (std::size_t k = from; k < columns_.size(); ++k) {
      for (const auto& bit : columns_[k]) {
        if (bit != "1'b1") unused_.push_back(bit);
      }
    }
    columns_.resize(from);
  }

  void add_stage(int stage) {
    const auto name = [&](char letter) { return fmt::format("{}{}", letter, stage); };
    const auto adders = dadda_stage(columns_, name('s'), name('c'));
    for (std::size_t input = 0; input < 3; ++input) {
      std::vector<std::string> bits;
      for (const auto& adder : adders) bits.push_back(adder[input]);
      set(name("xyz"[input]), bits.size(), concatenation(bits));
    }
    set(name('s'), adders.size(), fmt::format("x{0} ^ y{0} ^ z{0}", stage));
    for (std::string bit : columns_.back()) {  // the carries out of the adders that made these fall off
      if (bit.starts_with(name('s') + "[")) unused_.push_back(bit.replace(0, 1, "c"));
    }
    set(name('c'), adders.size(), fmt::format("(x{0} & y{0}) | (z{0} & (x{0} ^ y{0}))", stage));
  }

  /// A place for registers on all bits; renames them.
  void add_cut() {
    std::vector<std::string> bits;
    for (auto& column : columns_) {
      for (auto& bit : column) {
        if (bit != "1'b1") bits.push_back(std::exchange(bit, fmt::format("t[{}]", bits.size())));
      }
    }
    set("t_0", bits.size(), concatenation(bits));
    end_block();
    declarations_ += fmt::format("            wire [{}:0] t;\n", bits.size() - 1);
    text_ += fmt::format(
        "            sluice_pipe #(.WIDTH({}), .ENABLE(CUTS[0])) i_cut_0 (.clk(clk), .d_i(t_0), .d_o(t));\n",
        bits.size());
  }

  [[nodiscard]] std::string row(std::size_t number) const {
    std::vector<std::string> bits;
    for (const auto& column : columns_) bits.push_back(number < column.size() ? column[number] : "1'b0");
    return concatenation(bits);
  }

  void set(const std::string& name, std::size_t bits, const std::string& value) {
    declarations_ += fmt::format("            reg [{}:0] {};\n", bits - 1, name);
    block_ += fmt::format("                {} = {};\n", name, value);
  }

  void end_block() { text_ += "            always @* begin\n" + std::exchange(block_, "") + "            end\n"; }

  BitColumns columns_;
  std::vector<std::string> unused_;  ///< bits beyond the columns
  std::string declarations_;
  std::string text_;
  std::string block_;  ///< statements of the part before or after the cut
};

std::string branch_text(const ProductSize& size) {
  const auto operand = [](int bits, bool is_signed) { return fmt::format("{}{}", is_signed ? 'i' : 'u', bits); };
  return fmt::format(
      "if (WA == {} && (SA != 0) == {:d} && WB == {} && (SB != 0) == {:d} && COLUMNS == {}) begin : g_tree_{}_{}_{}\n"
      "{}        end else ",
      size.a_bits, size.a_signed, size.b_bits, size.b_signed, size.result_bits, operand(size.a_bits, size.a_signed),
      operand(size.b_bits, size.b_signed), size.result_bits, TreeText(size).text());
}

}  // namespace

std::string booth_product(const std::set<ProductSize>& sizes) {
  std::string text(kHead);
  text += "        ";
  std::set<ProductSize> trees;
  for (ProductSize size : sizes) {
    size.result_bits = std::min(size.result_bits, size.a_bits + size.b_bits);  // what is above extends it
    trees.insert(size);
  }
  for (const auto& size : trees) text += branch_text(size);
  return text + std::string(kTail);
}

}  // namespace sluice
