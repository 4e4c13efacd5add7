#include "frontend/onnx/survey.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "frontend/onnx/attributes.hpp"
#include "frontend/onnx/limits.hpp"
#include "frontend/onnx/names.hpp"
#include "frontend/onnx/node_order.hpp"
#include "frontend/onnx/schema.hpp"
#include "frontend/onnx/unsupported.hpp"

namespace sluice {
namespace {

std::string canonical_domain(const std::string& domain) { return domain == "ai.onnx" ? "" : domain; }

/// The version of each operator set that the model uses.
Expected<std::map<std::string, int>> operator_sets(const onnx::ModelProto& model) {
  std::map<std::string, int> versions;
  Diagnostics diagnostics;
  for (const auto& set : model.opset_import()) {
    const std::string domain = canonical_domain(set.domain());
    if (set.version() < 1 || set.version() > 1'000'000) {
      diagnostics.push_back({"opset_import", fmt::format("operator set '{}' has the version {}", domain, set.version()),
                             "the model is damaged"});
    } else if (const auto [at, added] = versions.emplace(domain, static_cast<int>(set.version()));
               !added && at->second != set.version()) {
      diagnostics.push_back({"opset_import", fmt::format("operator set '{}' is named twice", domain), ""});
    }
  }
  if (!diagnostics.empty()) return diagnostics;
  return versions;
}

/// What to do about an attribute that is not understood.
std::string attribute_hint(const ModelNode& node, const std::string& domain, const std::string& attribute) {
  const std::string& op = node.proto->op_type();
  if (!schema::attribute_kind(op, domain, node.opset, attribute)) {
    return fmt::format("ONNX's {} of opset {} has no such attribute either", node.op, node.opset);
  }
  if (!schema::attribute_kind(op, domain, node.def->last_opset, attribute)) {
    return fmt::format("opset {} does without it: convert the model, for example with onnx.version_converter",
                       node.def->last_opset);
  }
  if (node.def->attributes.empty()) return fmt::format("Sluice understands {} without attributes", node.op);
  return fmt::format("Sluice understands {}", fmt::join(node.def->attributes, ", "));
}

bool is_absurd(std::int64_t value) { return value < -limits::kSizeInteger || value > limits::kSizeInteger; }

/// Whether an attribute has an integer that no shape can need.
bool has_absurd_integer(const onnx::AttributeProto& proto) {
  return is_absurd(proto.i()) || std::ranges::any_of(proto.ints(), is_absurd);
}

class Surveyor {
 public:
  Surveyor(const onnx::ModelProto& model, const std::filesystem::path& folder, std::map<std::string, int> versions)
      : unsupported_(model), folder_(folder), versions_(std::move(versions)) {}

  void visit(const onnx::NodeProto& proto) {
    const std::string label = node_label(proto);
    const std::string domain = canonical_domain(proto.domain());
    ModelNode node{.proto = &proto,
                   .def = nullptr,
                   .name = names_.claim(label),
                   .op = qualified_name(proto.op_type(), domain),
                   .opset = 1,
                   .attributes = {}};
    if (const auto version = versions_.find(domain); version != versions_.end()) {
      node.opset = version->second;
    } else if (domain.empty()) {
      diagnostics_.push_back({label, "the model does not say which version of ONNX's operators it uses",
                              "its opset_import has no entry for ONNX's own domain"});
    }
    node.def = find_op(proto.op_type(), domain);
    if (!node.def && node.op != "Constant") {
      unsupported_.add_unknown(proto.op_type(), domain, label);
      return;
    }
    if (node.def && (node.opset < node.def->first_opset || node.opset > node.def->last_opset)) {
      unsupported_.add_version(*node.def, node.opset, label);
    }
    append(diagnostics_, schema::check_form(proto, domain, node.opset, label));
    for (const auto& attribute : proto.attribute()) visit(attribute, domain, label, node);
    nodes_.push_back(std::move(node));
  }

  Expected<std::vector<ModelNode>> result() {
    Diagnostics all = unsupported_.diagnostics();
    append(all, diagnostics_);
    if (!all.empty()) return all;
    return std::move(nodes_);
  }

 private:
  void visit(const onnx::AttributeProto& proto, const std::string& domain, const std::string& label, ModelNode& node) {
    const auto refuse = [&](std::string what, std::string hint = "") {
      diagnostics_.push_back({fmt::format("{} ({})", label, node.op), std::move(what), std::move(hint)});
    };
    const auto kind = schema::attribute_kind(node.proto->op_type(), domain, node.opset, proto.name());
    if (!proto.ref_attr_name().empty()) {
      return refuse(fmt::format("attribute '{}' refers to a function's attribute outside a function", proto.name()));
    }
    if (node.def && std::ranges::find(node.def->attributes, proto.name()) == node.def->attributes.end()) {
      return refuse(fmt::format("attribute '{}' is not understood", proto.name()),
                    attribute_hint(node, domain, proto.name()));
    }
    if (kind && *kind != attribute_kind(proto)) {
      return refuse(fmt::format("attribute '{}' is of kind {}, but must be {}", proto.name(),
                                kind_name(attribute_kind(proto)), kind_name(*kind)));
    }
    if (node.def && node.op != "Slice" && has_absurd_integer(proto)) {
      return refuse(fmt::format("attribute '{}' has a value beyond {}", proto.name(), limits::kSizeInteger));
    }
    auto value = attribute_of(proto, folder_);
    if (!value) {
      for (const auto& error : value.errors()) refuse(to_string(error));
    } else if (!node.attributes.emplace(proto.name(), std::move(value).value()).second) {
      refuse(fmt::format("attribute '{}' is given twice", proto.name()));
    }
  }

  Unsupported unsupported_;
  const std::filesystem::path& folder_;
  std::map<std::string, int> versions_;
  UniqueNames names_;
  std::vector<ModelNode> nodes_;
  Diagnostics diagnostics_;
};

}  // namespace

Expected<std::vector<ModelNode>> survey(const onnx::ModelProto& model, const std::filesystem::path& folder) {
  auto versions = operator_sets(model);
  const auto order = ordered_nodes(model.graph());
  Diagnostics diagnostics;
  if (!versions) append(diagnostics, versions.errors());
  if (!order) append(diagnostics, order.errors());
  if (!diagnostics.empty()) return diagnostics;
  Surveyor surveyor(model, folder, std::move(versions).value());
  for (const auto* node : *order) surveyor.visit(*node);
  return surveyor.result();
}

}  // namespace sluice
