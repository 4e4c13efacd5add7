#pragma once

#include <compare>
#include <cstdint>

#include "binder/binding.hpp"

namespace sluice {

/// Where a value comes from when it is made, as far as wires go: two values of one source need no multiplexer between
/// them. Only for telling sources apart.
struct WireSource {
  enum class Kind : std::uint8_t { literal, unit, array, operation, reg };
  Kind kind = Kind::operation;
  std::uint64_t number = 0;  ///< the literal's bits, or which unit, array, operation or register
  std::uint64_t nest = 0;    ///< of an operation
  auto operator<=>(const WireSource&) const = default;
};

/// The source of the value of a node of nest `n`; `unit` where one is bound to it.
WireSource wire_source(const Nest& nest, std::size_t n, const Dfg& dfg, Dfg::NodeId node, std::optional<UnitId> unit);

}  // namespace sluice
