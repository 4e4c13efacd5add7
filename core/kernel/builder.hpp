#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// A value of the body under construction.
using Value = OpId;

/// Adds a nest to a kernel, operation by operation. Declare all loops first, outermost first.
class NestBuilder {
 public:
  NestBuilder(Kernel& kernel, std::string name);

  /// Iterator of a token loop of the kernel.
  [[nodiscard]] AffineExpr token(std::size_t index) const { return AffineExpr::iterator(index); }
  /// A new innermost loop; returns its iterator.
  AffineExpr loop(std::string name, std::int64_t trip);

  Value constant(ScalarType type, std::uint64_t bits);
  Value constant(FloatFormat format, double value);     ///< rounded to nearest even
  Value integer(ScalarType type, std::int64_t value);   ///< wrapped
  Value affine(ScalarType type, AffineExpr expr);
  Value guard(std::vector<Condition> conditions);
  Value load(ArrayId array, std::vector<AffineExpr> index, std::optional<Value> predicate = {});
  Value lookup(ArrayId array, Value index);
  void store(ArrayId array, std::vector<AffineExpr> index, Value value, std::optional<Value> predicate = {});

  /// A value of `distance` iterations ago that is defined later: make it, use it, then say with `close` what it delays.
  Value delay(ScalarType type, std::int64_t distance);
  void close(Value delay, Value of);

  Value select(Value condition, Value if_true, Value if_false);

  /// Result types: a float operation's format; of integers the type given, else that of operand a.
  Value unary(Opcode code, Value a, std::optional<ScalarType> type = {});
  Value binary(Opcode code, Value a, Value b, std::optional<ScalarType> type = {});
  Value add(Value a, Value b, std::optional<ScalarType> type = {}) { return binary(Opcode::add, a, b, type); }
  Value subtract(Value a, Value b, std::optional<ScalarType> type = {}) { return binary(Opcode::subtract, a, b, type); }
  Value multiply(Value a, Value b, std::optional<ScalarType> type = {}) { return binary(Opcode::multiply, a, b, type); }
  Value divide(Value a, Value b) { return binary(Opcode::divide, a, b); }
  Value minimum(Value a, Value b) { return binary(Opcode::minimum, a, b); }
  Value maximum(Value a, Value b) { return binary(Opcode::maximum, a, b); }
  Value compare(Opcode code, Value a, Value b) { return binary(code, a, b, ScalarType::boolean()); }
  Value convert(Value a, ScalarType type, fp::Rounding rounding = fp::Rounding::nearest_even);
  Value bitcast(Value a, ScalarType type);

  [[nodiscard]] ScalarType type(Value value) const { return nest().op(value).type; }
  [[nodiscard]] const Kernel& kernel() const { return *kernel_; }
  [[nodiscard]] Kernel& kernel() { return *kernel_; }  ///< to add arrays to
  /// Gives the value a name that a reader of the Verilog sees.
  void name(Value value, std::string name) { nest().body.at(value.index()).name = std::move(name); }

 private:
  [[nodiscard]] Nest& nest() { return kernel_->nests.at(nest_); }
  [[nodiscard]] const Nest& nest() const { return kernel_->nests.at(nest_); }
  Value add_op(Op op);

  Kernel* kernel_;
  std::size_t nest_;
};

/// expr == 0.
Condition is_zero(AffineExpr expr);
/// expr >= 0.
Condition is_nonnegative(AffineExpr expr);
/// 0 <= expr < limit, as two conditions.
std::vector<Condition> in_range(const AffineExpr& expr, std::int64_t limit);

/// Adds an array and returns its id.
ArrayId add_array(Kernel& kernel, Array array);

}  // namespace sluice
