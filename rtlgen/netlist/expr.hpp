#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// A combinational expression of known width over a module's nets. Every operand has exactly the width that the
/// operation needs, so that no tool extends or truncates anything by itself.
class Expr {
 public:
  enum class Kind : std::uint8_t {
    constant, net, slice, concat,
    bit_not, reduce_or, reduce_and,
    bit_and, bit_or, bit_xor, add, subtract,
    equal, less, less_signed,
    select,
  };

  Expr() = default;
  static Expr constant(int width, std::uint64_t value);
  static Expr net(std::string name, int width);

  [[nodiscard]] bool valid() const { return node_ != nullptr; }
  [[nodiscard]] Kind kind() const { return node_->kind; }
  [[nodiscard]] int width() const { return node_->width; }
  [[nodiscard]] std::uint64_t value() const { return node_->value; }        ///< of a constant
  [[nodiscard]] const std::string& name() const { return node_->name; }     ///< of a net or slice
  [[nodiscard]] int low() const { return static_cast<int>(node_->value); }  ///< of a slice: its lowest bit
  [[nodiscard]] const std::vector<Expr>& operands() const { return node_->operands; }

  [[nodiscard]] bool is_constant(std::uint64_t value) const { return kind() == Kind::constant && node_->value == value; }

  /// Bits low .. low+width-1 of a net or a constant.
  [[nodiscard]] Expr slice(int low, int width) const;
  /// Zero- or sign-extended, or cut to its low bits. Of a net, a constant, or a slice.
  [[nodiscard]] Expr resized(int width, bool is_signed = false) const;

  friend Expr operator~(const Expr& a);
  friend Expr operator&(const Expr& a, const Expr& b);
  friend Expr operator|(const Expr& a, const Expr& b);
  friend Expr operator^(const Expr& a, const Expr& b);
  friend Expr operator+(const Expr& a, const Expr& b);
  friend Expr operator-(const Expr& a, const Expr& b);
  friend Expr equal(const Expr& a, const Expr& b);            ///< 1 bit
  friend Expr less(const Expr& a, const Expr& b);             ///< 1 bit, unsigned
  friend Expr less_signed(const Expr& a, const Expr& b);      ///< 1 bit
  friend Expr select(const Expr& condition, const Expr& if_true, const Expr& if_false);
  friend Expr reduce_or(const Expr& a);                       ///< 1 bit
  friend Expr reduce_and(const Expr& a);                      ///< 1 bit
  friend Expr concat(const std::vector<Expr>& parts);         ///< first part highest

 private:
  struct Node {
    Kind kind;
    int width;
    std::uint64_t value = 0;
    std::string name;
    std::vector<Expr> operands;
  };
  static Expr make(Node node);

  std::shared_ptr<const Node> node_;
};

Expr operator~(const Expr& a);
Expr equal(const Expr& a, const Expr& b);
Expr less(const Expr& a, const Expr& b);
Expr less_signed(const Expr& a, const Expr& b);
Expr select(const Expr& condition, const Expr& if_true, const Expr& if_false);
Expr reduce_or(const Expr& a);
Expr reduce_and(const Expr& a);
Expr concat(const std::vector<Expr>& parts);

/// The conjunction (disjunction) of any number of 1-bit expressions; of none: 1 (0).
Expr all_of(const std::vector<Expr>& bits);
Expr any_of(const std::vector<Expr>& bits);

/// The expression in Verilog-2005.
std::string to_verilog(const Expr& expr);

}  // namespace sluice
