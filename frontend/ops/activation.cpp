#include <algorithm>
#include <cmath>

#include "frontend/ops/elementwise.hpp"
#include "frontend/ops/functions/functions.hpp"

/// Relu, LeakyRelu, PRelu, Elu, HardSigmoid, HardSwish, Softplus. NaN stays NaN in all of them.
namespace sluice {
namespace {

constexpr float kLeakyAlpha = 0.01F;
constexpr float kEluAlpha = 1.0F;
constexpr float kHardSigmoidAlpha = 0.2F;
constexpr float kHardSigmoidBeta = 0.5F;
constexpr double kHardSwishAlpha = 1.0 / 6;

float attribute(const ScalarContext& context, std::string_view name, float otherwise) {
  return OpContext{.node = context.node, .operands = {}}.real(name, otherwise);
}

Value literal(const ScalarContext& context, double value) {
  return context.nest.constant(context.nest.type(context.x).format(), value);
}

Value zero(const ScalarContext& context) { return context.nest.constant(context.nest.type(context.x), 0); }

/// x < 0 ? otherwise : x.
Value where_negative(const ScalarContext& context, Value otherwise) {
  const Value negative = context.nest.compare(Opcode::less, context.x, zero(context));
  return context.nest.select(negative, otherwise, context.x);
}

/// max(0, min(1, alpha x + beta)).
Value hard_sigmoid(const ScalarContext& context, double alpha, double beta) {
  NestBuilder& nest = context.nest;
  const Value line = nest.add(nest.multiply(context.x, literal(context, alpha)), literal(context, beta));
  return nest.maximum(nest.minimum(line, literal(context, 1)), zero(context));
}

double host_hard_sigmoid(double x, double alpha, double beta) {
  return std::isnan(x) ? x : std::clamp(alpha * x + beta, 0.0, 1.0);
}

/// max(x, 0) + log(1 + e^-|x|), which neither overflows nor loses small results of large x.
Value softplus(const ScalarContext& context) {
  NestBuilder& nest = context.nest;
  const Value size = nest.unary(Opcode::absolute, context.x);
  const Value power = functions::exponential(nest, nest.unary(Opcode::negate, size));
  const Value bend = functions::logarithm(nest, nest.add(literal(context, 1), power));
  return nest.add(nest.maximum(context.x, zero(context)), bend);
}

Value elu(const ScalarContext& context) {
  NestBuilder& nest = context.nest;
  const Value below = nest.subtract(functions::exponential(nest, context.x), literal(context, 1));
  return where_negative(context, nest.multiply(literal(context, attribute(context, "alpha", kEluAlpha)), below));
}

}  // namespace

const OpDef& relu_op() {
  static const OpDef def = elementwise_op(
      {.name = "Relu",
       .real = [](const OpContext&, std::span<const double> x) { return x[0] < 0 ? 0 : x[0]; },
       .integer = [](const OpContext&, std::span<const std::int64_t> x) { return std::max<std::int64_t>(x[0], 0); },
       .scalar = [](const ScalarContext& context) { return context.nest.maximum(context.x, zero(context)); },
       .scalar_takes_integers = true});
  return def;
}

const OpDef& leakyrelu_op() {
  static const OpDef def = elementwise_op(
      {.name = "LeakyRelu",
       .attributes = {"alpha"},
       .real = [](const OpContext& context,
                  std::span<const double> x) { return x[0] < 0 ? context.real("alpha", kLeakyAlpha) * x[0] : x[0]; },
       .scalar =
           [](const ScalarContext& context) {
             const Value alpha = literal(context, attribute(context, "alpha", kLeakyAlpha));
             return where_negative(context, context.nest.multiply(context.x, alpha));
           }});
  return def;
}

const OpDef& prelu_op() {
  static const OpDef def = [] {
    OpDef prelu = elementwise_op(
        {.name = "PRelu",
         .least_operands = 2,
         .most_operands = 2,
         .real = [](const OpContext&, std::span<const double> x) { return x[0] < 0 ? x[1] * x[0] : x[0]; },
         .scalar =
             [](const ScalarContext& context) {
               return where_negative(context, context.nest.multiply(context.x, context.operands[0].value()));
             }});
    prelu.first_opset = 7;  // before, a slope of one dimension counted channels
    prelu.infer = [infer = prelu.infer](const OpContext& context) -> Expected<std::vector<TensorType>> {
      auto types = infer(context);
      if (types && types->at(0).shape != context.operands[0].type.shape) {
        return context.error("the slope's shape does not broadcast to the input's");
      }
      return types;
    };
    return prelu;
  }();
  return def;
}

const OpDef& elu_op() {
  static const OpDef def =
      elementwise_op({.name = "Elu",
                      .attributes = {"alpha"},
                      .real =
                          [](const OpContext& context, std::span<const double> x) {
                            return x[0] < 0 ? context.real("alpha", kEluAlpha) * std::expm1(x[0]) : x[0];
                          },
                      .scalar = elu});
  return def;
}

const OpDef& hardsigmoid_op() {
  static const OpDef def =
      elementwise_op({.name = "HardSigmoid",
                      .attributes = {"alpha", "beta"},
                      .real =
                          [](const OpContext& context, std::span<const double> x) {
                            return host_hard_sigmoid(x[0], context.real("alpha", kHardSigmoidAlpha),
                                                     context.real("beta", kHardSigmoidBeta));
                          },
                      .scalar =
                          [](const ScalarContext& context) {
                            return hard_sigmoid(context, attribute(context, "alpha", kHardSigmoidAlpha),
                                                attribute(context, "beta", kHardSigmoidBeta));
                          }});
  return def;
}

const OpDef& hardswish_op() {
  static const OpDef def = elementwise_op(
      {.name = "HardSwish",
       .real =
           [](const OpContext&, std::span<const double> x) {
             return x[0] * host_hard_sigmoid(x[0], kHardSwishAlpha, kHardSigmoidBeta);
           },
       .scalar =
           [](const ScalarContext& context) {
             return context.nest.multiply(context.x, hard_sigmoid(context, kHardSwishAlpha, kHardSigmoidBeta));
           }});
  return def;
}

const OpDef& softplus_op() {
  static const OpDef def = elementwise_op(
      {.name = "Softplus",
       .real = [](const OpContext&,
                  std::span<const double> x) { return std::max(x[0], 0.0) + std::log1p(std::exp(-std::abs(x[0]))); },
       .scalar = softplus});
  return def;
}

}  // namespace sluice
