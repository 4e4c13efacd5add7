#include "tests/frontend/support/run_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "core/kernel/interpreter.hpp"
#include "frontend/ops/evaluate.hpp"
#include "frontend/ops/op_def.hpp"
#include "tests/frontend/support/models.hpp"

namespace sluice::test {
namespace {

double tolerance(const Tensor& tensor) {
  if (tensor.element() == ElementType::float16) return 5e-3;
  if (tensor.element() == ElementType::bfloat16) return 5e-2;
  return scalar_type(tensor.element()).is_float() ? 1e-4 : 0;
}

Outcome refused(const Diagnostics& why) { return {Outcome::Kind::refused, to_string(why)}; }
Outcome wrong(std::string what) { return {Outcome::Kind::wrong, std::move(what)}; }

using Values = std::map<std::string, std::shared_ptr<const Tensor>>;

/// The kernel's results from the tensors' values, compared with theirs.
Outcome run_kernel(const Kernel& kernel, const Values& values) {
  if (const Diagnostics errors = verify(kernel); !errors.empty()) return wrong(to_string(errors) + to_string(kernel));
  ArrayContents contents = initial_contents(kernel);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    if (kernel.arrays[a].role != ArrayRole::input) continue;
    const Tensor& value = *values.at(kernel.arrays[a].tensor);
    for (std::size_t i = 0; i < contents[a].size(); ++i) contents[a][i] = value.bits(static_cast<std::int64_t>(i));
  }
  if (const Diagnostics errors = execute(kernel, contents); !errors.empty()) {
    return wrong(to_string(errors) + to_string(kernel));
  }
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    if (kernel.arrays[a].role != ArrayRole::output) continue;
    const Tensor& expected = *values.at(kernel.arrays[a].tensor);
    Tensor actual(expected.type());
    for (std::int64_t i = 0; i < actual.size(); ++i) actual.set_bits(i, contents[a][static_cast<std::size_t>(i)]);
    if (const double off = distance(actual, expected); !(off <= tolerance(expected))) {
      return wrong(fmt::format("the kernel's '{}' is off by {}\n{}", kernel.arrays[a].tensor, off, to_string(kernel)));
    }
  }
  return {};
}

/// No unit computes in float64; such models only run on the host.
bool has_float64(const TensorGraph& graph) {
  return std::ranges::any_of(graph.nodes(), [&](auto node) {
    return std::ranges::any_of(graph[node].outputs,
                               [](const auto& y) { return y.type.element == ElementType::float64; });
  });
}

}  // namespace

Outcome run_model(const TensorGraph& graph, const std::vector<Tensor>& inputs, const std::vector<Tensor>& expected) {
  Values values;
  const EvaluateOptions options{.observe = [&](TensorGraph::NodeId node, const auto& outputs) {
    for (std::size_t i = 0; i < outputs.size(); ++i) values[graph[node].outputs[i].name] = outputs[i];
  }};
  const auto outputs = evaluate(graph, inputs, options);
  if (!outputs) return wrong(to_string(outputs.errors()));
  if (outputs->size() != expected.size()) return wrong(fmt::format("{} outputs", outputs->size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double off = distance((*outputs)[i], expected[i]);
    if (!(off <= tolerance(expected[i]))) {
      return wrong(fmt::format("output {}, a {}, is off by {} from a {}", i, to_string((*outputs)[i].type()), off,
                               to_string(expected[i].type())));
    }
  }
  if (has_float64(graph)) return {};
  for (const auto node : graph.nodes()) {
    const OpDef* def = find_op(graph[node].op);
    if (!def || !def->lower) continue;
    const auto kernel = def->lower(context_of(graph, node));
    if (!kernel) return refused(kernel.errors());
    if (auto outcome = run_kernel(*kernel, values); outcome.kind != Outcome::Kind::right) return outcome;
  }
  return {};
}

}  // namespace sluice::test
