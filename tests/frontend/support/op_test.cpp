#include "tests/frontend/support/op_test.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/arith/float_ops.hpp"
#include "core/kernel/interpreter.hpp"

namespace sluice::test {
namespace {

enum class Constants { as_given, all };

OpContext context_for(const OpCase& test, const Operator& node, Constants constants) {
  OpContext context{.node = node, .operands = {}, .output_count = test.outputs};
  for (std::size_t i = 0; i < test.operands.size(); ++i) {
    Operand operand;
    if (const auto& value = test.operands[i]) {
      operand = {.type = value->type(), .tensor = fmt::format("x{}", i), .constant = nullptr, .present = true};
      const bool constant = i < test.constant.size() && test.constant[i];
      if (constant || constants == Constants::all) operand.constant = std::make_shared<const Tensor>(*value);
    }
    context.operands.push_back(std::move(operand));
  }
  return context;
}

Operator node_for(const OpCase& test) {
  Operator node;
  node.name = "node";
  node.op = test.op;
  node.opset = test.opset;
  node.attributes = test.attributes;
  node.epilogues = test.epilogues;
  node.onnx_nodes = {"node"};
  for (int i = 0; i < test.outputs; ++i) node.outputs.push_back({fmt::format("y{}", i), {}});
  return node;
}

const OpDef& definition(const std::string& op) {
  const OpDef* def = find_op(op);
  REQUIRE_MESSAGE(def != nullptr, op, " is not in the list of operators");
  return *def;
}

Tensor apply(const Epilogue& epilogue, const Tensor& value) {
  OpCase test{
      .op = epilogue.op, .attributes = epilogue.attributes, .operands = {value}, .constant = {}, .epilogues = {}};
  for (const auto& constant : epilogue.constants) {
    test.operands.push_back(constant ? std::optional(*constant) : std::nullopt);
  }
  return evaluate_op(test).expected.at(0);
}

}  // namespace

void execute_kernel(const OpCase& test, OpRun& run) {
  const Kernel& kernel = *run.kernel;
  run.actual.clear();
  ArrayContents contents = initial_contents(kernel);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    if (kernel.arrays[a].role != ArrayRole::input) continue;
    const auto operand = static_cast<std::size_t>(std::stoi(kernel.arrays[a].tensor.substr(1)));
    const Tensor& value = test.operands.at(operand).value();
    for (std::size_t i = 0; i < contents[a].size(); ++i) contents[a][i] = value.bits(static_cast<std::int64_t>(i));
  }
  const Diagnostics errors = execute(kernel, contents);
  REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(kernel));
  for (std::size_t output = 0; output < run.types.size(); ++output) {
    Tensor value(run.expected.at(output).type());
    const auto found = std::ranges::find_if(kernel.arrays, [&](const Array& array) {
      return array.role == ArrayRole::output && array.tensor == fmt::format("y{}", output);
    });
    REQUIRE_MESSAGE(found != kernel.arrays.end(), "no array for output ", output);
    const auto& bits = contents[static_cast<std::size_t>(found - kernel.arrays.begin())];
    REQUIRE(bits.size() == static_cast<std::size_t>(value.size()));
    for (std::size_t i = 0; i < bits.size(); ++i) value.set_bits(static_cast<std::int64_t>(i), bits[i]);
    run.actual.push_back(std::move(value));
  }
}

OpRun evaluate_op(const OpCase& test) {
  const OpDef& def = definition(test.op);
  Operator node = node_for(test);
  auto types = def.infer(context_for(test, node, Constants::all));
  REQUIRE_MESSAGE(types.has_value(), to_string(types.errors()));
  OpRun run{.types = *types, .expected = {}, .kernel = {}, .actual = {}};
  REQUIRE(run.types.size() == static_cast<std::size_t>(test.outputs));
  for (std::size_t i = 0; i < node.outputs.size(); ++i) node.outputs[i].type = run.types[i];
  run.expected = def.evaluate(context_for(test, node, Constants::all));
  REQUIRE(run.expected.size() == run.types.size());
  for (std::size_t i = 0; i < run.types.size(); ++i) {
    CHECK_MESSAGE(run.expected[i].type() == run.types[i], to_string(run.expected[i].type()), " ",
                  to_string(run.types[i]));
  }
  for (const auto& epilogue : test.epilogues) run.expected[0] = apply(epilogue, run.expected[0]);
  return run;
}

OpRun run_op(const OpCase& test) {
  OpRun run = evaluate_op(test);
  const OpDef& def = definition(test.op);
  if (!def.lower) return run;
  Operator node = node_for(test);
  for (std::size_t i = 0; i < node.outputs.size(); ++i) node.outputs[i].type = run.expected[i].type();
  auto kernel = def.lower(context_for(test, node, Constants::as_given));
  REQUIRE_MESSAGE(kernel.has_value(), to_string(kernel.errors()));
  run.kernel = std::move(kernel).value();
  const Diagnostics errors = verify(*run.kernel);
  REQUIRE_MESSAGE(errors.empty(), to_string(errors), to_string(*run.kernel));
  execute_kernel(test, run);
  return run;
}

std::string refusal(const OpCase& test) {
  const OpDef& def = definition(test.op);
  Operator node = node_for(test);
  const OpContext context = context_for(test, node, Constants::as_given);
  auto types = def.infer(context);
  if (!types) return to_string(types.errors());
  for (std::size_t i = 0; i < node.outputs.size(); ++i) node.outputs[i].type = types->at(i);
  if (!def.lower) return "";
  auto kernel = def.lower(context);
  return kernel ? "" : to_string(kernel.errors());
}

void check_equal(const OpRun& run) { check_close(run, 0); }

void check_close(const OpRun& run, double tolerance) {
  REQUIRE(run.actual.size() == run.expected.size());
  for (std::size_t output = 0; output < run.actual.size(); ++output) {
    const auto expected = run.expected[output].to_doubles();
    const auto actual = run.actual[output].to_doubles();
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const bool same = expected[i] == actual[i] || (std::isnan(expected[i]) && std::isnan(actual[i])) ||
                        std::abs(expected[i] - actual[i]) <= tolerance * std::max(1.0, std::abs(expected[i]));
      REQUIRE_MESSAGE(same, "output ", output, " element ", i, ": expected ", expected[i], ", kernel ", actual[i]);
    }
  }
}

Tensor random_tensor(ElementType element, const Shape& shape, Random& random, double low, double high) {
  Tensor result({element, shape});
  const ScalarType type = scalar_type(element);
  std::uniform_real_distribution<double> real(low, high);
  for (std::int64_t i = 0; i < result.size(); ++i) {
    const double value = real(random);
    result.set_bits(i, type.is_float() ? fp::from_double(type.format(), value)
                                       : from_int64(type, static_cast<std::int64_t>(std::llround(value))));
  }
  return result;
}

Shape random_shape(int rank, Random& random) {
  constexpr std::array<std::int64_t, 5> kExtents{1, 2, 3, 5, 7};
  Shape shape;
  for (int i = 0; i < rank; ++i) shape.push_back(kExtents[static_cast<std::size_t>(random_int(0, 4, random))]);
  return shape;
}

Shape random_broadcast(const Shape& shape, Random& random) {
  Shape result = shape;
  for (auto& extent : result) {
    if (random_int(0, 2, random) == 0) extent = 1;
  }
  const int dropped = random_int(0, static_cast<int>(shape.size()), random);
  result.erase(result.begin(), result.begin() + (random_int(0, 1, random) == 0 ? 0 : dropped));
  return result;
}

int random_int(int low, int high, Random& random) { return std::uniform_int_distribution<int>(low, high)(random); }

Tensor floats(Shape shape, const std::vector<float>& values) {
  return Tensor::of(ElementType::float32, std::move(shape), values);
}

Tensor int64s(const std::vector<std::int64_t>& values) {
  return Tensor::of(ElementType::int64, {static_cast<std::int64_t>(values.size())}, values);
}

}  // namespace sluice::test
