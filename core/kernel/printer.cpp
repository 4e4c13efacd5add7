#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/kernel/kernel.hpp"

namespace sluice {
namespace {

std::string_view to_string(ArrayRole role) {
  switch (role) {
    case ArrayRole::input: return "input";
    case ArrayRole::output: return "output";
    case ArrayRole::weight: return "weight";
    case ArrayRole::scratch: return "scratch";
  }
  return "";
}

std::string literal(const Op& op) {
  if (op.type.is_integer()) return fmt::format("{}", to_int64(op.type, op.literal));
  return fmt::format("{:g}", fp::to_double(op.type.format(), op.literal));
}

std::string print_op(const Kernel& kernel, const std::vector<std::string>& names, const Op& op, std::size_t i) {
  std::vector<std::string> operands;
  for (const auto operand : op.operands) operands.push_back(fmt::format("%{}", operand.index()));
  std::vector<std::string> index;
  for (const auto& expr : op.index) index.push_back(to_string(expr, names));
  std::vector<std::string> conditions;
  for (const auto& condition : op.conditions) {
    conditions.push_back(to_string(condition.expr, names) + (condition.kind == Condition::Kind::zero ? " == 0" : " >= 0"));
  }
  std::string text = op.code == Opcode::store ? "" : fmt::format("%{}: {} = ", i, to_string(op.type));
  text += to_string(op.code);
  if (op.array.valid()) text += fmt::format(" {}[{}]", kernel.array(op.array).name, fmt::join(index, "]["));
  if (op.code == Opcode::affine) text += " " + index[0];
  if (op.code == Opcode::constant) text += " " + literal(op);
  if (op.code == Opcode::guard) text += fmt::format(" {}", fmt::join(conditions, " and "));
  if (!operands.empty()) text += fmt::format(" {}", fmt::join(operands, ", "));
  if (op.code == Opcode::delay) text += fmt::format(" by {}", op.distance);
  if (!op.name.empty()) text += "  # " + op.name;
  return text;
}

}  // namespace

std::string to_string(const Kernel& kernel) {
  std::string text = fmt::format("kernel {} ({}: {})\n", kernel.name, kernel.operation, fmt::join(kernel.onnx_nodes, ", "));
  for (const auto& array : kernel.arrays) {
    text += fmt::format("  {} {}: {}{}\n", to_string(array.role), array.name, to_string(array.type), to_string(array.shape));
  }
  std::string indent = "  ";
  for (const auto& loop : kernel.token_loops) {
    text += fmt::format("{}token {} < {}\n", indent, loop.name, loop.trip);
    indent += "  ";
  }
  for (const auto& nest : kernel.nests) {
    text += fmt::format("{}nest {}\n", indent, nest.name);
    std::string inner = indent + "  ";
    for (const auto& loop : nest.loops) {
      text += fmt::format("{}for {} < {}\n", inner, loop.name, loop.trip);
      inner += "  ";
    }
    const auto names = iterator_names(kernel, nest);
    for (std::size_t i = 0; i < nest.body.size(); ++i) text += inner + print_op(kernel, names, nest.body[i], i) + "\n";
  }
  return text;
}

}  // namespace sluice
