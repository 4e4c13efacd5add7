#include "scheduler/logic_delay.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <set>

#include "core/dfg/unit_spec.hpp"
#include "core/kernel/odometer.hpp"

namespace sluice {
namespace {

/// A unit as one combinational piece.
int whole_ps(const Target& target, const char* unit, ScalarType type) {
  const auto segments = target.figures(unit, type).segment_ps;
  return std::accumulate(segments.begin(), segments.end(), 0);
}

/// Bits of a register that holds every value of the range.
int bits_of(AffineExpr::Range range) {
  const auto magnitude = static_cast<std::uint64_t>(std::max(range.high, -(range.low + 1)));
  return std::min(64, static_cast<int>(std::bit_width(magnitude)) + 1);
}

}  // namespace

int inlined_ps(const Nest& nest, const Op& op, const Target& target) {
  switch (op.code) {
    case Opcode::shift_left:
    case Opcode::shift_right:
    case Opcode::convert:
      return 0;  // wires
    case Opcode::select:
      return target.multiplexer_ps(2);
    case Opcode::negate:
    case Opcode::absolute:
      if (op.type.is_integer()) {
        const ScalarType from = nest.op(op.operands.at(0)).type;
        return whole_ps(target, "int_add", from.width() > op.type.width() ? from : op.type);
      }
      return whole_ps(target, "logic", op.type);
    default:
      return whole_ps(target, "logic", op.type);
  }
}

int issuer_ps(const Kernel& kernel, const Nest& nest, const Op& op, const Target& target) {
  if (op.code != Opcode::guard || op.conditions.empty()) return 0;
  const auto trips = trip_counts(kernel, nest);
  int slowest = 0;
  for (const auto& condition : op.conditions) {
    const int bits = bits_of(condition.expr.range(trips));
    slowest = std::max(slowest, whole_ps(target, "int_cmp", ScalarType::signed_integer(bits)));
  }
  return slowest + (op.conditions.size() > 1 ? whole_ps(target, "logic", ScalarType::boolean()) : 0);
}

int counters_before_ps(const Kernel& kernel, const Nest& nest, const Op& op, const Target& target) {
  int before = 0;
  for (const auto operand : op.operands) {
    if (realization(nest, nest.op(operand)) != Realization::issuer) continue;
    before = std::max(before, issuer_ps(kernel, nest, nest.op(operand), target));
  }
  return before;
}

int address_step_ps(const Kernel& kernel, const Nest& nest, const Op& access, const Target& target) {
  if (access.code == Opcode::lookup) return 0;
  const Array& array = kernel.array(access.array);
  const auto trips = trip_counts(kernel, nest);
  const auto by_loop = carry_increments(linear_address(array, access.index), trips, 0);
  std::set<std::int64_t> increments;
  for (std::size_t loop = 0; loop < trips.size(); ++loop) {
    if (trips[loop] > 1) increments.insert(by_loop[loop]);
  }
  if (increments.empty()) return 0;
  const int bits = bits_of({0, element_count(array.shape) - 1});
  // A choice among constants (one more for the return to the start of the frame) is an OR of steps for each bit: levels
  // of logic with about four inputs.
  const int levels = static_cast<int>(std::bit_width(increments.size()) + 1) / 2;
  return (1 + levels) * whole_ps(target, "logic", ScalarType::boolean()) +
         whole_ps(target, "int_add", ScalarType::unsigned_integer(bits - 1));
}

int frame_offset_ps(const Array& array, const Target& target) {
  const int bits = bits_of({0, 2 * element_count(array.shape) - 1});
  return whole_ps(target, "int_add", ScalarType::unsigned_integer(bits - 1));
}

}  // namespace sluice
