#include "frontend/ops/lowering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/kernel/array_name.hpp"

namespace sluice {
namespace {

std::shared_ptr<const std::vector<std::uint64_t>> element_bits(const Tensor& tensor) {
  std::vector<std::uint64_t> bits(static_cast<std::size_t>(tensor.size()));
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = tensor.bits(static_cast<std::int64_t>(i));
  return std::make_shared<const std::vector<std::uint64_t>>(std::move(bits));
}

std::string dimension_name(const Shape& shape, int dimension) {
  constexpr std::string_view kImage = "nchw";
  if (shape.size() == kImage.size()) return {kImage[static_cast<std::size_t>(dimension)]};
  return fmt::format("d{}", dimension);
}

}  // namespace

Kernel kernel_for(const OpContext& context) {
  Kernel kernel;
  kernel.name = context.node.name;
  kernel.operation = context.node.op;
  kernel.onnx_nodes = context.node.onnx_nodes;
  return kernel;
}

ArrayId operand_array(Kernel& kernel, const Operand& operand) {
  Array wanted{.name = unique_array_name(kernel, operand.tensor),
               .type = scalar_type(operand.type.element),
               .shape = operand.type.shape,
               .role = operand.constant ? ArrayRole::weight : ArrayRole::input,
               .tensor = operand.constant ? "" : operand.tensor,
               .contents = operand.constant ? element_bits(*operand.constant) : nullptr};
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const Array& array = kernel.arrays[i];
    const bool same_view = array.role == wanted.role && array.type == wanted.type && array.shape == wanted.shape;
    if (!same_view || array.tensor != wanted.tensor) continue;
    if (!wanted.contents || *array.contents == *wanted.contents) return ArrayId(i);
  }
  return add_array(kernel, std::move(wanted));
}

ArrayId output_array(Kernel& kernel, const OpContext& context, int output) {
  const TensorValue& value = context.node.outputs.at(static_cast<std::size_t>(output));
  return add_array(kernel, {.name = unique_array_name(kernel, value.name),
                            .type = scalar_type(value.type.element),
                            .shape = value.type.shape,
                            .role = ArrayRole::output,
                            .tensor = value.name,
                            .contents = nullptr});
}

ArrayId weight_array(Kernel& kernel, const std::string& name, const Tensor& tensor) {
  return add_array(kernel, {.name = unique_array_name(kernel, name),
                            .type = scalar_type(tensor.element()),
                            .shape = tensor.shape(),
                            .role = ArrayRole::weight,
                            .tensor = "",
                            .contents = element_bits(tensor)});
}

ArrayId table_array(Kernel& kernel, const std::string& name, ScalarType type,
                    const std::vector<std::uint64_t>& contents) {
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const Array& array = kernel.arrays[i];
    if (array.name == name && array.contents && *array.contents == contents) return ArrayId(i);
  }
  return add_array(kernel, {.name = unique_array_name(kernel, name),
                            .type = type,
                            .shape = {static_cast<std::int64_t>(contents.size())},
                            .role = ArrayRole::weight,
                            .tensor = "",
                            .contents = std::make_shared<const std::vector<std::uint64_t>>(contents)});
}

ArrayId scratch_array(Kernel& kernel, const std::string& name, ScalarType type, Shape shape) {
  return add_array(kernel, {.name = unique_array_name(kernel, name),
                            .type = type,
                            .shape = std::move(shape),
                            .role = ArrayRole::scratch,
                            .tensor = "",
                            .contents = nullptr});
}

std::vector<int> row_dimensions(const Shape& shape) {
  if (shape.size() >= 4) return {0, 2};
  std::vector<int> dimensions;
  for (int d = 0; d + 1 < static_cast<int>(shape.size()); ++d) dimensions.push_back(d);
  return dimensions;
}

std::vector<int> other_dimensions(const Shape& shape, const std::vector<int>& dimensions) {
  std::vector<int> others;
  for (int d = 0; d < static_cast<int>(shape.size()); ++d) {
    if (std::ranges::find(dimensions, d) == dimensions.end()) others.push_back(d);
  }
  return others;
}

void add_token_loops(Kernel& kernel, const Shape& shape, const std::vector<int>& dimensions,
                     std::vector<AffineExpr>& index) {
  for (const int d : dimensions) {
    const auto at = static_cast<std::size_t>(d);
    if (shape[at] == 1) continue;
    index[at] = AffineExpr::iterator(kernel.token_loops.size());
    kernel.token_loops.push_back({dimension_name(shape, d), shape[at]});
  }
}

void add_loops(NestBuilder& nest, const Shape& shape, const std::vector<int>& dimensions,
               std::vector<AffineExpr>& index) {
  for (const int d : dimensions) {
    const auto at = static_cast<std::size_t>(d);
    if (shape[at] != 1) index[at] = nest.loop(dimension_name(shape, d), shape[at]);
  }
}

std::vector<AffineExpr> broadcast_index(const Shape& operand, const std::vector<AffineExpr>& index) {
  const std::size_t skipped = index.size() - operand.size();
  std::vector<AffineExpr> result(operand.size());
  for (std::size_t i = 0; i < operand.size(); ++i) {
    if (operand[i] != 1) result[i] = index[skipped + i];
  }
  return result;
}

Value operand_value(NestBuilder& nest, const Operand& operand, const std::vector<AffineExpr>& index) {
  if (operand.constant && operand.constant->size() == 1) {
    return nest.constant(scalar_type(operand.type.element), operand.constant->bits(0));
  }
  return nest.load(operand_array(nest.kernel(), operand), broadcast_index(operand.type.shape, index));
}

}  // namespace sluice
