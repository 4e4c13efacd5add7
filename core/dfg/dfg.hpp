#pragma once

#include <cstdint>
#include <string>

#include "core/diag/diagnostic.hpp"
#include "core/graph/digraph.hpp"
#include "core/kernel/kernel.hpp"

namespace sluice {

/// An operation of one body. Delays are not nodes: they are distances on the edges.
struct DfgNode {
  OpId op;
  std::string name;  ///< for messages: the operation's name or opcode, with its number
};

/// The target depends on the source of `distance` iterations ago.
struct DfgEdge {
  enum class Kind : std::uint8_t {
    data,  ///< the source's value is the target's operand `operand`
    read_after_write,
    write_after_read,
    write_after_write,  ///< order of accesses to one array
  };
  Kind kind = Kind::data;
  int operand = -1;
  std::int64_t distance = 0;
};

/// Level 3: the dependences of one loop body.
struct Dfg : Digraph<DfgNode, DfgEdge> {
  std::string name;
};

/// How many of an operation's operands hardware needs, from the first on: all but a load's or lookup's predicate, since
/// nobody looks at what is read where it is 0.
std::size_t needed_operands(const Op& op);

/// Dependences of a nest's body, without operations that are there for predicates of loads alone: data along operands
/// (a delay of distance d, or a chain of them, becomes one edge of that distance), and order between accesses of the
/// same array of which one writes. Distances between accesses are the smallest at which their affine indices can meet;
/// conservative where that is not known.
Dfg build_dfg(const Kernel& kernel, const Nest& nest);

/// Cycles without distance, needed operands given twice or missing, nodes without an operation, stores without a node,
/// negative distances.
Diagnostics verify(const Dfg& dfg, const Nest& nest);

}  // namespace sluice
