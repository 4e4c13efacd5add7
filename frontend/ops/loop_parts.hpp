#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "frontend/ops/op_def.hpp"

/// Loops, guards and reductions that leave out what does nothing: a loop of one iteration, a guard that always holds.
namespace sluice {

/// A new innermost token loop, or the index 0 for a single iteration. Add them before the first nest.
AffineExpr token_loop(Kernel& kernel, std::string name, std::int64_t trip);

/// A new innermost loop of the nest, or the index 0 for a single iteration.
AffineExpr nest_loop(NestBuilder& nest, std::string name, std::int64_t trip);

/// A guard of those conditions that can fail; none if all hold in every iteration of the nest.
std::optional<Value> needed_guard(NestBuilder& nest, const std::vector<Condition>& conditions);

/// The element at `index` where `condition` holds (always, if there is none), elsewhere the bits `otherwise`.
Value load_or(NestBuilder& nest, ArrayId array, std::vector<AffineExpr> index, std::optional<Value> condition,
              std::uint64_t otherwise);

/// What a sum starts with that has nothing else to start with: 0, of floats -0, since x + -0 = x for either zero too.
Value empty_sum(NestBuilder& nest, ScalarType type);

/// Folds `term` over the innermost loops, whose iterators are `iterators`: initial op term_0 op term_1 ... in that
/// order. Long sums of floats are kept in a format with more mantissa bits and rounded at the end, so that their error
/// does not grow with their length. The value is complete where `last_iteration` holds.
Value reduce(NestBuilder& nest, Opcode op, std::span<const AffineExpr> iterators, Value initial, Value term);

/// Holds in the last iteration of these loops; none if they have only one.
std::optional<Value> last_iteration(NestBuilder& nest, std::span<const AffineExpr> iterators);

/// Stores output 0 after the node's epilogues. `index` is the element's index in the output tensor.
void store_result(const OpContext& context, NestBuilder& nest, ArrayId output, const std::vector<AffineExpr>& index,
                  Value value, std::optional<Value> predicate = {});

}  // namespace sluice
