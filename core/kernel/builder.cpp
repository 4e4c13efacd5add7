#include "core/kernel/builder.hpp"

#include <utility>

namespace sluice {

NestBuilder::NestBuilder(Kernel& kernel, std::string name) : kernel_(&kernel), nest_(kernel.nests.size()) {
  kernel.nests.push_back({std::move(name), {}, {}});
}

AffineExpr NestBuilder::loop(std::string name, std::int64_t trip) {
  nest().loops.push_back({std::move(name), trip});
  return AffineExpr::iterator(kernel_->token_loops.size() + nest().loops.size() - 1);
}

Value NestBuilder::add_op(Op op) {
  nest().body.push_back(std::move(op));
  return Value(nest().body.size() - 1);
}

Value NestBuilder::constant(ScalarType type, std::uint64_t bits) {
  return add_op({.code = Opcode::constant, .type = type, .literal = bits});
}

Value NestBuilder::constant(FloatFormat format, double value) {
  return constant(ScalarType::floating(format), fp::from_double(format, value));
}

Value NestBuilder::integer(ScalarType type, std::int64_t value) { return constant(type, from_int64(type, value)); }

Value NestBuilder::affine(ScalarType type, AffineExpr expr) {
  return add_op({.code = Opcode::affine, .type = type, .index = {std::move(expr)}});
}

Value NestBuilder::guard(std::vector<Condition> conditions) {
  return add_op({.code = Opcode::guard, .type = ScalarType::boolean(), .conditions = std::move(conditions)});
}

Value NestBuilder::load(ArrayId array, std::vector<AffineExpr> index, std::optional<Value> predicate) {
  Op op{.code = Opcode::load, .type = kernel_->array(array).type, .array = array, .index = std::move(index)};
  if (predicate) op.operands.push_back(*predicate);
  return add_op(std::move(op));
}

Value NestBuilder::lookup(ArrayId array, Value index) {
  return add_op({.code = Opcode::lookup, .type = kernel_->array(array).type, .operands = {index}, .array = array});
}

void NestBuilder::store(ArrayId array, std::vector<AffineExpr> index, Value value, std::optional<Value> predicate) {
  Op op{.code = Opcode::store, .type = type(value), .operands = {value}, .array = array, .index = std::move(index)};
  if (predicate) op.operands.push_back(*predicate);
  add_op(std::move(op));
}

Value NestBuilder::delay(ScalarType type, std::int64_t distance) {
  return add_op({.code = Opcode::delay, .type = type, .distance = distance});
}

void NestBuilder::close(Value delay, Value of) { nest().body.at(delay.index()).operands = {of}; }

Value NestBuilder::select(Value condition, Value if_true, Value if_false) {
  return add_op({.code = Opcode::select, .type = type(if_true), .operands = {condition, if_true, if_false}});
}

Value NestBuilder::unary(Opcode code, Value a, std::optional<ScalarType> type) {
  return add_op({.code = code, .type = type.value_or(this->type(a)), .operands = {a}});
}

Value NestBuilder::binary(Opcode code, Value a, Value b, std::optional<ScalarType> type) {
  return add_op({.code = code, .type = type.value_or(this->type(a)), .operands = {a, b}});
}

Value NestBuilder::convert(Value a, ScalarType type, fp::Rounding rounding) {
  return add_op({.code = Opcode::convert, .type = type, .operands = {a}, .rounding = rounding});
}

Value NestBuilder::bitcast(Value a, ScalarType type) { return unary(Opcode::bitcast, a, type); }

Condition is_zero(AffineExpr expr) { return {std::move(expr), Condition::Kind::zero}; }

Condition is_nonnegative(AffineExpr expr) { return {std::move(expr), Condition::Kind::nonnegative}; }

std::vector<Condition> in_range(const AffineExpr& expr, std::int64_t limit) {
  return {is_nonnegative(expr), is_nonnegative(AffineExpr(limit - 1) - expr)};
}

ArrayId add_array(Kernel& kernel, Array array) {
  kernel.arrays.push_back(std::move(array));
  return ArrayId(kernel.arrays.size() - 1);
}

}  // namespace sluice
