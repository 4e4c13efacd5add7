#include "frontend/onnx/schema.hpp"

#include <fmt/format.h>
#include <onnx/defs/schema.h>

#include <algorithm>
#include <map>

#include "frontend/onnx/limits.hpp"

namespace sluice::schema {
namespace {

using onnx::OpSchema;
using onnx::OpSchemaRegistry;

/// The newest schema up to this opset; null if there is none.
const OpSchema* newest(const std::string& op, const std::string& domain, int opset) {
  return OpSchemaRegistry::Schema(op, opset, domain);
}

/// The schema that is certainly the one of this opset.
const OpSchema* exact(const std::string& op, const std::string& domain, int opset) {
  static const auto known = OpSchemaRegistry::DomainToVersionRange::Instance().Map();
  const auto range = known.find(domain);
  if (range == known.end() || opset > range->second.second) return nullptr;
  const OpSchema* schema = newest(op, domain, opset);
  return schema && !schema->Deprecated() ? schema : nullptr;
}

/// How the schemas write a tensor's type: "tensor(float)".
std::string schema_type(ElementType type) {
  switch (type) {
    case ElementType::float32:
      return "tensor(float)";
    case ElementType::float64:
      return "tensor(double)";
    default:
      return fmt::format("tensor({})", to_string(type));
  }
}

bool takes(const OpSchema::FormalParameter& parameter, ElementType type) {
  return std::ranges::any_of(parameter.GetTypes(), [&](const auto* text) { return *text == schema_type(type); });
}

std::string all_types(const OpSchema::FormalParameter& parameter) {
  std::vector<std::string> texts;
  for (const auto* text : parameter.GetTypes()) texts.push_back(*text);
  std::ranges::sort(texts);
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// The formal parameter of operand `i`, the last one where it is variadic.
const OpSchema::FormalParameter* parameter(const OpSchema& schema, std::size_t i) {
  const auto& inputs = schema.inputs();
  if (i < inputs.size()) return &inputs[i];
  return !inputs.empty() && inputs.back().GetOption() == OpSchema::Variadic ? &inputs.back() : nullptr;
}

}  // namespace

std::optional<onnx::AttributeProto::AttributeType> attribute_kind(const std::string& op, const std::string& domain,
                                                                  int opset, const std::string& attribute) {
  const OpSchema* schema = newest(op, domain, opset);
  if (!schema) return std::nullopt;
  const auto found = schema->attributes().find(attribute);
  if (found == schema->attributes().end()) return std::nullopt;
  return found->second.type;
}

Diagnostics check_form(const onnx::NodeProto& node, const std::string& domain, int opset, const std::string& label) {
  Diagnostics diagnostics;
  const OpSchema* schema = newest(node.op_type(), domain, opset);
  if (!schema || schema->Deprecated()) return diagnostics;
  const bool is_exact = exact(node.op_type(), domain, opset) != nullptr;
  for (const auto& [name, attribute] : schema->attributes()) {
    const bool given = std::ranges::any_of(node.attribute(), [&](const auto& a) { return a.name() == name; });
    if (is_exact && attribute.required && !given) {
      diagnostics.push_back({label, fmt::format("{} needs the attribute '{}'", node.op_type(), name), ""});
    }
  }
  const auto check_count = [&](int count, int least, int most, const char* what) {
    if (count >= least && (count <= most || !is_exact)) return;
    diagnostics.push_back(
        {label,
         fmt::format("it has {} {}; {} of opset {} takes {} to {}", count, what, node.op_type(), opset, least, most),
         "the model breaks ONNX's own rules"});
  };
  check_count(node.input_size(), schema->min_input(), schema->max_input(), "operands");
  check_count(node.output_size(), schema->min_output(), schema->max_output(), "outputs");
  for (int i = 0; i < node.input_size(); ++i) {
    const auto* formal = parameter(*schema, static_cast<std::size_t>(i));
    if (formal && formal->GetOption() == OpSchema::Single && node.input(i).empty()) {
      diagnostics.push_back(
          {label, fmt::format("operand {} ('{}') is left out but must be given", i, formal->GetName()), ""});
    }
  }
  return diagnostics;
}

Diagnostics check_sizes(const OpContext& context) {
  Diagnostics diagnostics;
  const auto& op = context.node.op;
  const OpSchema* schema = op.find(':') == std::string::npos ? newest(op, "", context.node.opset) : nullptr;
  for (std::size_t i = 0; schema && i < context.operands.size(); ++i) {
    const auto* formal = parameter(*schema, i);
    const auto& constant = context.operands[i].constant;
    if (!constant || !formal || formal->GetTypes().size() != 1 || !takes(*formal, ElementType::int64)) continue;
    if (constant->element() != ElementType::int64) continue;
    for (const std::int64_t value : constant->as<std::int64_t>()) {
      if (value >= -limits::kSizeInteger && value <= limits::kSizeInteger) continue;
      diagnostics.push_back(context.error(fmt::format("operand {} ('{}') has the value {}, beyond {}", i,
                                                      formal->GetName(), value, limits::kSizeInteger)));
      break;
    }
  }
  return diagnostics;
}

Diagnostics check_types(const OpContext& context) {
  Diagnostics diagnostics;
  const auto& op = context.node.op;
  const OpSchema* schema = op.find(':') == std::string::npos ? exact(op, "", context.node.opset) : nullptr;
  if (!schema) return diagnostics;
  std::map<std::string, std::pair<std::size_t, ElementType>> bound;
  for (std::size_t i = 0; i < context.operands.size(); ++i) {
    const auto* formal = parameter(*schema, i);
    if (!formal || !context.has(i)) continue;
    const ElementType type = context.operands[i].type.element;
    if (!takes(*formal, type)) {
      diagnostics.push_back(
          context.error(fmt::format("operand {} ('{}') is a tensor of {}; opset {} allows {}", i, formal->GetName(),
                                    to_string(type), context.node.opset, all_types(*formal))));
    }
    if (formal->GetOption() == OpSchema::Variadic && !formal->GetIsHomogeneous()) continue;
    const auto [first, added] = bound.try_emplace(formal->GetTypeStr(), i, type);
    if (!added && first->second.second != type) {
      diagnostics.push_back(
          context.error(fmt::format("operands {} and {} must be of one type but are {} and {}", first->second.first, i,
                                    to_string(first->second.second), to_string(type))));
    }
  }
  return diagnostics;
}

}  // namespace sluice::schema
