#include "rtlgen/netlist/expr.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "core/arith/scalar_type.hpp"
#include "rtlgen/netlist/netlist.hpp"

namespace sluice {
namespace {

void require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(std::string("netlist expression: ") + what);
}

}  // namespace

Expr Expr::make(Node node) {
  Expr expr;
  expr.node_ = std::make_shared<const Node>(std::move(node));
  return expr;
}

Expr Expr::constant(int width, std::uint64_t value) {
  require(width >= 1 && width <= 64, "a constant has 1 to 64 bits");
  return make({Kind::constant, width, value & low_bits(width), "", {}});
}

Expr Expr::net(std::string name, int width) { return make({Kind::net, width, 0, std::move(name), {}}); }

Expr Expr::slice(int low, int width) const {
  require(low >= 0 && width >= 1 && low + width <= this->width(), "a slice lies inside its net");
  if (low == 0 && width == this->width()) return *this;
  if (kind() == Kind::constant) return constant(width, value() >> low);
  if (kind() == Kind::slice) return make({Kind::slice, width, value() + static_cast<std::uint64_t>(low), name(), {}});
  require(kind() == Kind::net, "only nets and constants have slices");
  return make({Kind::slice, width, static_cast<std::uint64_t>(low), name(), {}});
}

Expr Expr::resized(int width, bool is_signed) const {
  if (width <= this->width()) return slice(0, width);
  const int more = width - this->width();
  if (kind() == Kind::constant) {
    const ScalarType type = is_signed ? ScalarType::signed_integer(this->width()) : ScalarType::unsigned_integer(this->width());
    return constant(width, static_cast<std::uint64_t>(to_int64(type, value())));
  }
  if (!is_signed) return concat({constant(more, 0), *this});
  const Expr sign = slice(this->width() - 1, 1);
  std::vector<Expr> parts(static_cast<std::size_t>(more), sign);
  parts.push_back(*this);
  return concat(parts);
}

Expr operator~(const Expr& a) {
  if (a.kind() == Expr::Kind::constant) return Expr::constant(a.width(), ~a.value());
  return Expr::make({Expr::Kind::bit_not, a.width(), 0, "", {a}});
}

Expr operator&(const Expr& a, const Expr& b) {
  require(a.width() == b.width(), "operands of & have one width");
  return Expr::make({Expr::Kind::bit_and, a.width(), 0, "", {a, b}});
}

Expr operator|(const Expr& a, const Expr& b) {
  require(a.width() == b.width(), "operands of | have one width");
  return Expr::make({Expr::Kind::bit_or, a.width(), 0, "", {a, b}});
}

Expr operator^(const Expr& a, const Expr& b) {
  require(a.width() == b.width(), "operands of ^ have one width");
  return Expr::make({Expr::Kind::bit_xor, a.width(), 0, "", {a, b}});
}

Expr operator+(const Expr& a, const Expr& b) {
  require(a.width() == b.width(), "operands of + have one width");
  return Expr::make({Expr::Kind::add, a.width(), 0, "", {a, b}});
}

Expr operator-(const Expr& a, const Expr& b) {
  require(a.width() == b.width(), "operands of - have one width");
  return Expr::make({Expr::Kind::subtract, a.width(), 0, "", {a, b}});
}

Expr equal(const Expr& a, const Expr& b) {
  require(a.width() == b.width(), "operands of == have one width");
  return Expr::make({Expr::Kind::equal, 1, 0, "", {a, b}});
}

Expr less(const Expr& a, const Expr& b) {
  require(a.width() == b.width(), "operands of < have one width");
  return Expr::make({Expr::Kind::less, 1, 0, "", {a, b}});
}

Expr less_signed(const Expr& a, const Expr& b) {
  require(a.width() == b.width(), "operands of < have one width");
  return Expr::make({Expr::Kind::less_signed, 1, 0, "", {a, b}});
}

Expr select(const Expr& condition, const Expr& if_true, const Expr& if_false) {
  require(condition.width() == 1 && if_true.width() == if_false.width(), "a select chooses by one bit between equal widths");
  return Expr::make({Expr::Kind::select, if_true.width(), 0, "", {condition, if_true, if_false}});
}

Expr reduce_or(const Expr& a) {
  return a.width() == 1 ? a : Expr::make({Expr::Kind::reduce_or, 1, 0, "", {a}});
}

Expr reduce_and(const Expr& a) {
  return a.width() == 1 ? a : Expr::make({Expr::Kind::reduce_and, 1, 0, "", {a}});
}

Expr concat(const std::vector<Expr>& parts) {
  int width = 0;
  for (const auto& part : parts) width += part.width();
  require(width >= 1, "a concatenation has bits");
  return parts.size() == 1 ? parts[0] : Expr::make({Expr::Kind::concat, width, 0, "", parts});
}

Expr all_of(const std::vector<Expr>& bits) {
  if (bits.empty()) return Expr::constant(1, 1);
  Expr result = bits[0];
  for (std::size_t i = 1; i < bits.size(); ++i) result = result & bits[i];
  return result;
}

Expr any_of(const std::vector<Expr>& bits) {
  if (bits.empty()) return Expr::constant(1, 0);
  Expr result = bits[0];
  for (std::size_t i = 1; i < bits.size(); ++i) result = result | bits[i];
  return result;
}

namespace {

const char* symbol(Expr::Kind kind) {
  switch (kind) {
    case Expr::Kind::bit_and: return "&";
    case Expr::Kind::bit_or: return "|";
    case Expr::Kind::bit_xor: return "^";
    case Expr::Kind::add: return "+";
    case Expr::Kind::subtract: return "-";
    case Expr::Kind::equal: return "==";
    case Expr::Kind::less: case Expr::Kind::less_signed: return "<";
    default: return "";
  }
}

bool associative(Expr::Kind kind) {
  return kind == Expr::Kind::bit_and || kind == Expr::Kind::bit_or || kind == Expr::Kind::bit_xor;
}

bool atomic(const Expr& expr) {
  switch (expr.kind()) {
    case Expr::Kind::constant: case Expr::Kind::net: case Expr::Kind::slice: case Expr::Kind::concat:
    case Expr::Kind::bit_not: case Expr::Kind::reduce_and: case Expr::Kind::reduce_or: return true;
    default: return false;
  }
}

/// As an operand of `parent`: in brackets unless it binds tighter beyond doubt.
std::string operand(const Expr& expr, Expr::Kind parent) {
  const bool bare = atomic(expr) || (expr.kind() == parent && associative(parent));
  return bare ? to_verilog(expr) : "(" + to_verilog(expr) + ")";
}

/// Concatenations print runs of one bit as a repetition.
std::string print_concat(const Expr& expr) {
  std::string text;
  const auto& parts = expr.operands();
  for (std::size_t i = 0; i < parts.size();) {
    const std::string part = to_verilog(parts[i]);
    std::size_t run = 1;
    while (i + run < parts.size() && to_verilog(parts[i + run]) == part) ++run;
    text += (i ? ", " : "") + (run > 1 ? fmt::format("{{{}{{{}}}}}", run, part) : part);
    i += run;
  }
  return "{" + text + "}";
}

}  // namespace

std::string to_verilog(const Expr& expr) {
  const auto& operands = expr.operands();
  switch (expr.kind()) {
    case Expr::Kind::constant: return verilog_literal(expr.width(), expr.value());
    case Expr::Kind::net: return expr.name();
    case Expr::Kind::slice:
      return expr.width() == 1 ? fmt::format("{}[{}]", expr.name(), expr.low())
                               : fmt::format("{}[{}:{}]", expr.name(), expr.low() + expr.width() - 1, expr.low());
    case Expr::Kind::concat: return print_concat(expr);
    case Expr::Kind::bit_not: return "~" + operand(operands[0], expr.kind());
    case Expr::Kind::reduce_or: return "(|" + operand(operands[0], expr.kind()) + ")";
    case Expr::Kind::reduce_and: return "(&" + operand(operands[0], expr.kind()) + ")";
    case Expr::Kind::less_signed:
      return fmt::format("$signed({}) < $signed({})", to_verilog(operands[0]), to_verilog(operands[1]));
    case Expr::Kind::select:
      return fmt::format("{} ? {} : {}", operand(operands[0], expr.kind()), operand(operands[1], expr.kind()),
                         operands[2].kind() == Expr::Kind::select ? to_verilog(operands[2]) : operand(operands[2], expr.kind()));
    default:
      return fmt::format("{} {} {}", operand(operands[0], expr.kind()), symbol(expr.kind()), operand(operands[1], expr.kind()));
  }
}

}  // namespace sluice
