#include "frontend/ops/op_def.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice {
namespace {

constexpr std::array<std::string_view, 7> kKinds{"an integer", "a float", "a string", "integers",
                                                 "floats",     "strings", "a tensor"};

template <typename T>
T attribute(const Operator& node, std::string_view name, T otherwise) {
  const auto found = node.attributes.find(name);
  if (found == node.attributes.end()) return otherwise;
  if (const T* value = std::get_if<T>(&found->second)) return *value;
  throw WrongAttributeKind(fmt::format("attribute '{}' is {}, not {}", name, kKinds[found->second.index()],
                                       kKinds[Attribute(otherwise).index()]));
}

}  // namespace

std::int64_t OpContext::integer(std::string_view name, std::int64_t otherwise) const {
  return attribute(node, name, otherwise);
}

float OpContext::real(std::string_view name, float otherwise) const { return attribute(node, name, otherwise); }

std::string OpContext::text(std::string_view name, std::string_view otherwise) const {
  return attribute(node, name, std::string(otherwise));
}

std::vector<std::int64_t> OpContext::integers(std::string_view name, std::vector<std::int64_t> otherwise) const {
  return attribute(node, name, std::move(otherwise));
}

Diagnostic OpContext::error(std::string what, std::string hint) const {
  return {fmt::format("{} ({})", node.name, node.op), std::move(what), std::move(hint)};
}

const OpDef* find_op(std::string_view name, std::string_view domain) {
  if (const auto colon = name.rfind(':'); domain.empty() && colon != std::string_view::npos) {
    domain = name.substr(0, colon);
    name = name.substr(colon + 1);
  }
  const auto all = op_list();
  const auto found =
      std::ranges::find_if(all, [&](const OpDef& def) { return def.name == name && def.domain == domain; });
  return found == all.end() ? nullptr : &*found;
}

std::string qualified_name(std::string_view name, std::string_view domain) {
  return domain.empty() ? std::string(name) : fmt::format("{}:{}", domain, name);
}

OpContext context_of(const TensorGraph& graph, TensorGraph::NodeId node) {
  const auto edges = graph.in_edges(node);
  return context_of(graph, node, edges);
}

OpContext context_of(const TensorGraph& graph, TensorGraph::NodeId node,
                     std::span<const TensorGraph::EdgeId> operands) {
  OpContext context{.node = graph[node], .operands = {}, .output_count = static_cast<int>(graph[node].outputs.size())};
  for (const auto edge : operands) {
    const Use& use = graph[edge];
    const Operator& maker = graph[graph.source(edge)];
    if (context.operands.size() <= static_cast<std::size_t>(use.operand)) {
      context.operands.resize(static_cast<std::size_t>(use.operand) + 1);
    }
    context.operands[static_cast<std::size_t>(use.operand)] = {
        .type = graph.type(edge),
        .tensor = maker.outputs.at(static_cast<std::size_t>(use.output)).name,
        .constant = use.view ? reshaped(maker.constant, *use.view) : maker.constant,
        .present = true};
  }
  return context;
}

}  // namespace sluice
