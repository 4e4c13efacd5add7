#include <cmath>

#include "frontend/ops/elementwise.hpp"
#include "frontend/ops/functions/functions.hpp"

/// Exp, Log, Tanh, Erf, Sigmoid: one function of functions/ each.
namespace sluice {
namespace {

OpDef function_op(std::string_view name, double (*host)(double), Value (*kernel)(NestBuilder&, Value)) {
  return elementwise_op({.name = name,
                         .real = [host](const OpContext&, std::span<const double> x) { return host(x[0]); },
                         .scalar = [kernel](const ScalarContext& context) { return kernel(context.nest, context.x); }});
}

}  // namespace

const OpDef& exp_op() {
  static const OpDef def = function_op("Exp", std::exp, functions::exponential);
  return def;
}

const OpDef& log_op() {
  static const OpDef def = function_op("Log", std::log, functions::logarithm);
  return def;
}

const OpDef& tanh_op() {
  static const OpDef def = function_op("Tanh", std::tanh, functions::tangent_h);
  return def;
}

const OpDef& erf_op() {
  static const OpDef def = function_op("Erf", std::erf, functions::error_function);
  return def;
}

const OpDef& sigmoid_op() {
  static const OpDef def = function_op(
      "Sigmoid", [](double x) { return 1 / (1 + std::exp(-x)); }, functions::sigmoid);
  return def;
}

}  // namespace sluice
