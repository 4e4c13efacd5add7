#include "frontend/onnx/unsupported.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace sluice {
namespace {

constexpr std::size_t kNamedNodes = 20;  ///< nodes that one message names

std::string list_of(const std::vector<std::string>& nodes) {
  const std::vector<std::string> first(
      nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(std::min(nodes.size(), kNamedNodes)));
  std::string text = fmt::format("'{}'", fmt::join(first, "', '"));
  if (nodes.size() > kNamedNodes) text += fmt::format(" and {} more", nodes.size() - kNamedNodes);
  return text;
}

}  // namespace

std::string Unsupported::hint_for(const std::string& op, const std::string& domain) const {
  static const std::set<std::string, std::less<>> control_flow{"If", "Loop", "Scan", "SequenceMap"};
  const auto is_function = [&](const auto& function) { return function.name() == op && function.domain() == domain; };
  if (std::ranges::any_of(model_->functions(), is_function)) {
    return "it is a function of the model: inline the functions first, for example with onnx.inliner";
  }
  if (domain.empty() && control_flow.contains(op)) {
    return "hardware has a fixed schedule: remove the control flow, for example with onnx-simplifier";
  }
  const auto known = std::ranges::find_if(op_list(), [&](const OpDef& def) { return def.name == op; });
  if (known != op_list().end()) {
    return fmt::format("an operator of this name is known in the domain '{}'", known->domain);
  }
  if (domain == "com.microsoft") return "it is an extension of ONNX Runtime: save the model before its optimisations";
  if (!domain.empty()) return "export the model with ONNX's own operators";
  return "simplify the model, for example with onnx-simplifier, or export it with other operators";
}

void Unsupported::add_unknown(const std::string& op, const std::string& domain, const std::string& node) {
  auto& entry = entries_[{domain, op}];
  entry.nodes.push_back(node);
  if (!entry.what.empty()) return;
  entry.what = domain.empty() ? "this operator is not supported"
                              : fmt::format("this operator of the domain '{}' is not supported", domain);
  entry.hint = hint_for(op, domain);
}

void Unsupported::add_version(const OpDef& def, int opset, const std::string& node) {
  auto& entry = entries_[{std::string(def.domain), std::string(def.name)}];
  entry.nodes.push_back(node);
  entry.what = fmt::format("it is known from opset {} to {}, but the model uses opset {}", def.first_opset,
                           def.last_opset, opset);
  entry.hint = "convert the model, for example with onnx.version_converter";
}

Diagnostics Unsupported::diagnostics() const {
  Diagnostics diagnostics;
  for (const auto& [key, entry] : entries_) {
    diagnostics.push_back(
        {fmt::format("operator {}", key.second),
         fmt::format("{}; {} {}", entry.what, entry.nodes.size() == 1 ? "node" : "nodes", list_of(entry.nodes)),
         entry.hint});
  }
  return diagnostics;
}

}  // namespace sluice
