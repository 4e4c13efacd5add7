#include "frontend/onnx/constant_node.hpp"

#include <fmt/format.h>

namespace sluice {

Expected<Tensor> constant_value(const ModelNode& node) {
  if (node.attributes.size() != 1) {
    return Diagnostic{
        node.name, fmt::format("a Constant needs one attribute with its value; it has {}", node.attributes.size()), ""};
  }
  const auto& [name, value] = *node.attributes.begin();
  if (const auto* tensor = std::get_if<Tensor>(&value); tensor && name == "value") return *tensor;
  if (const auto* real = std::get_if<float>(&value); real && name == "value_float") {
    return Tensor::of<float>(ElementType::float32, {}, {*real});
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value); integer && name == "value_int") {
    return Tensor::of<std::int64_t>(ElementType::int64, {}, {*integer});
  }
  if (const auto* reals = std::get_if<std::vector<float>>(&value); reals && name == "value_floats") {
    return Tensor::of(ElementType::float32, {static_cast<std::int64_t>(reals->size())}, *reals);
  }
  if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&value); integers && name == "value_ints") {
    return Tensor::of(ElementType::int64, {static_cast<std::int64_t>(integers->size())}, *integers);
  }
  return Diagnostic{node.name, fmt::format("a Constant with '{}' is not supported", name),
                    "its value must be a dense tensor of numbers"};
}

}  // namespace sluice
