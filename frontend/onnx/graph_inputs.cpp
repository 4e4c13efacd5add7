#include "frontend/onnx/graph_inputs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "frontend/onnx/data_type.hpp"
#include "frontend/onnx/limits.hpp"

namespace sluice {
namespace {

using Dimension = onnx::TensorShapeProto_Dimension;

bool has_size(const Dimension& dimension) { return dimension.has_dim_value() && dimension.dim_value() >= 0; }

/// A dimension as the model says it: "3", "N", "?".
std::string text_of(const Dimension& dimension) {
  if (has_size(dimension)) return std::to_string(dimension.dim_value());
  return dimension.dim_param().empty() ? "?" : dimension.dim_param();
}

std::string text_of(const onnx::TensorShapeProto& shape) {
  std::vector<std::string> texts;
  for (const auto& dimension : shape.dim()) texts.push_back(text_of(dimension));
  return fmt::format("[{}]", fmt::join(texts, ","));
}

class Resolver {
 public:
  Resolver(const onnx::GraphProto& graph, const ImportOptions& options) : options_(options) {
    std::set<std::string> initializers;
    for (const auto& tensor : graph.initializer()) initializers.insert(tensor.name());
    for (const auto& input : graph.input()) {
      if (!initializers.contains(input.name())) inputs_.push_back(&input);
    }
  }

  Expected<GraphInputs> resolve() {
    check_option_names();
    for (const auto* input : inputs_) bind_symbols(*input);
    for (const auto* input : inputs_) add(*input);
    if (!diagnostics_.empty()) return diagnostics_;
    return result_;
  }

 private:
  void check_option_names() {
    std::vector<std::string> names;
    for (const auto* input : inputs_) names.push_back(input->name());
    for (const auto& [name, shape] : options_.shapes) {
      if (std::ranges::find(names, name) != names.end()) continue;
      diagnostics_.push_back({fmt::format("--shape {}", name), "the model has no input of this name",
                              fmt::format("its inputs are {}", fmt::join(names, ", "))});
    }
  }

  /// A symbol that the options decide for one input holds for all.
  void bind_symbols(const onnx::ValueInfoProto& input) {
    const auto given = options_.shapes.find(input.name());
    const auto& shape = input.type().tensor_type().shape();
    if (given == options_.shapes.end() || given->second.size() != static_cast<std::size_t>(shape.dim_size())) return;
    for (int i = 0; i < shape.dim_size(); ++i) {
      if (has_size(shape.dim(i)) || shape.dim(i).dim_param().empty()) continue;
      const std::int64_t extent = given->second[static_cast<std::size_t>(i)];
      const auto [at, added] = symbols_.emplace(shape.dim(i).dim_param(), extent);
      if (added || at->second == extent) continue;
      diagnostics_.push_back({fmt::format("--shape {}", input.name()),
                              fmt::format("dimension '{}' would be both {} and {}", at->first, at->second, extent),
                              ""});
    }
  }

  void add(const onnx::ValueInfoProto& input) {
    const auto& type = input.type();
    const std::string where = fmt::format("input '{}'", input.name());
    if (!type.has_tensor_type()) {
      diagnostics_.push_back({where,
                              "it is not a tensor (but a sequence, map, optional or sparse tensor, or has no type)",
                              "only tensors are supported"});
      return;
    }
    const auto element = element_type_of(type.tensor_type().elem_type());
    if (!element) {
      diagnostics_.push_back({where, unsupported_type(type.tensor_type().elem_type()), ""});
      return;
    }
    const auto given = options_.shapes.find(input.name());
    const auto shape =
        given == options_.shapes.end() ? declared_shape(input, where) : given_shape(input, given->second, where);
    if (!shape) {
      append(diagnostics_, shape.errors());
      return;
    }
    const auto count = checked_element_count(*shape);
    if (!count || *count == 0 || *count > limits::kTensorElements || shape->size() > limits::kRank) {
      diagnostics_.push_back({where, fmt::format("its shape {} has no elements or too many", to_string(*shape)),
                              fmt::format("give it another with --shape {}=...", input.name())});
    }
    result_.inputs.push_back({input.name(), {*element, *shape}});
  }

  Expected<Shape> given_shape(const onnx::ValueInfoProto& input, const Shape& given, const std::string& where) {
    if (!input.type().tensor_type().has_shape()) return given;
    const auto& declared = input.type().tensor_type().shape();
    if (given.size() != static_cast<std::size_t>(declared.dim_size())) {
      return Diagnostic{
          where, fmt::format("--shape gives it {} dimensions, but the model says {}", given.size(), text_of(declared)),
          fmt::format("give {} sizes", declared.dim_size())};
    }
    for (int i = 0; i < declared.dim_size(); ++i) {
      const bool differs =
          has_size(declared.dim(i)) && declared.dim(i).dim_value() != given[static_cast<std::size_t>(i)];
      result_.reshaped = result_.reshaped || differs;
    }
    return given;
  }

  Expected<Shape> declared_shape(const onnx::ValueInfoProto& input, const std::string& where) {
    if (!input.type().tensor_type().has_shape()) {
      return Diagnostic{where, "the model does not say its shape",
                        fmt::format("give it with --shape {}=d0,d1,...", input.name())};
    }
    const auto& declared = input.type().tensor_type().shape();
    Shape shape;
    std::vector<std::string> wanted;
    std::vector<std::string> missing;
    for (int i = 0; i < declared.dim_size(); ++i) {
      const auto& dimension = declared.dim(i);
      const auto symbol = symbols_.find(dimension.dim_param());
      if (has_size(dimension)) {
        shape.push_back(dimension.dim_value());
      } else if (symbol != symbols_.end()) {
        shape.push_back(symbol->second);
      } else {
        shape.push_back(1);
        if (i > 0) missing.push_back(fmt::format("dimension {} ('{}')", i, text_of(dimension)));
      }
      const bool open = i > 0 && !has_size(dimension) && symbol == symbols_.end();
      wanted.push_back(open ? fmt::format("<d{}>", i) : std::to_string(shape.back()));
    }
    if (missing.empty()) return shape;
    return Diagnostic{
        where,
        fmt::format("its shape is {}: {} {} no size", text_of(declared), fmt::join(missing, ", "),
                    missing.size() == 1 ? "has" : "have"),
        fmt::format("hardware needs fixed shapes: give --shape {}={}", input.name(), fmt::join(wanted, ","))};
  }

  const ImportOptions& options_;
  std::vector<const onnx::ValueInfoProto*> inputs_;
  std::map<std::string, std::int64_t> symbols_;
  GraphInputs result_;
  Diagnostics diagnostics_;
};

}  // namespace

Expected<GraphInputs> graph_inputs(const onnx::GraphProto& graph, const ImportOptions& options) {
  return Resolver(graph, options).resolve();
}

}  // namespace sluice
