#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/arith/float_ops.hpp"
#include "core/arith/scalar_type.hpp"
#include "core/diag/diagnostic.hpp"
#include "core/graph/digraph.hpp"
#include "core/kernel/affine.hpp"
#include "core/kernel/banking.hpp"
#include "core/kernel/opcode.hpp"
#include "core/tensor/tensor.hpp"

namespace sluice {

using ArrayId = Id<struct ArrayTag>;
using OpId = Id<struct OpTag>;

enum class ArrayRole : std::uint8_t {
  input,    ///< read only; another actor or the boundary writes it
  output,   ///< written only, each element exactly once in a frame
  weight,   ///< read only, `contents` known
  scratch,  ///< the kernel's own
};

/// An array that holds one bank of its tensor.
struct Bank {
  Banking banking;
  std::int64_t number = 0;
};

struct Array {
  std::string name;  ///< unique in the kernel
  ScalarType type;
  Shape shape;  ///< the kernel's view; elements are row-major
  ArrayRole role = ArrayRole::scratch;
  std::string tensor;                                          ///< inputs and outputs: the TensorGraph's tensor
  std::shared_ptr<const std::vector<std::uint64_t>> contents;  ///< weights: raw bits of every element
  std::optional<Bank> bank = {};  ///< inputs and outputs: none if all of the tensor is here; `shape` is the bank's
};

struct Loop {
  std::string name;
  std::int64_t trip = 1;  ///< iterations, at least 1
};

/// An affine condition on the iterators.
struct Condition {
  enum class Kind : std::uint8_t { zero, nonnegative };
  AffineExpr expr;
  Kind kind = Kind::nonnegative;
  bool operator==(const Condition&) const = default;
};

/// One operation of a body; see Opcode for what each field means. Operands are earlier operations of the same body
/// (of a delay: any).
struct Op {
  Opcode code = Opcode::constant;
  ScalarType type;  ///< of the result; of a store, of the stored value
  std::vector<OpId> operands;
  std::uint64_t literal = 0;
  ArrayId array;
  std::vector<AffineExpr> index;
  std::vector<Condition> conditions;
  std::int64_t distance = 0;
  fp::Rounding rounding = fp::Rounding::nearest_even;
  std::string name;  ///< what a reader of the Verilog should see; may be empty
};

/// A perfect loop nest below the kernel's token loops, with one straight-line body.
struct Nest {
  std::string name;
  std::vector<Loop> loops;  ///< outermost first; may be empty: the body runs once a token
  std::vector<Op> body;

  [[nodiscard]] const Op& op(OpId id) const { return body.at(id.index()); }
};

/// Level 2: what one accelerator computes.
///   for every iteration of the token loops: for every nest in order: for every iteration of its loops: body
struct Kernel {
  std::string name;
  std::string operation;                ///< ONNX operator type of the main node, "Conv"
  std::vector<std::string> onnx_nodes;  ///< all that it implements
  std::int64_t macs = 0;                ///< multiply-accumulates of one frame, by the operator's definition
  std::vector<Array> arrays;
  std::vector<Loop> token_loops;  ///< may be empty: one firing a frame
  std::vector<Nest> nests;

  [[nodiscard]] const Array& array(ArrayId id) const { return arrays.at(id.index()); }
};

/// Trip counts of the token loops followed by the nest's.
std::vector<std::int64_t> trip_counts(const Kernel& kernel, const Nest& nest);
/// Names of the same loops.
std::vector<std::string> iterator_names(const Kernel& kernel, const Nest& nest);
/// Iterations of the nest's own loops in one firing.
std::int64_t iteration_count(const Nest& nest);
/// Firings in a frame.
std::int64_t token_count(const Kernel& kernel);

/// The element's number in the array, as an affine expression: index times row-major strides.
AffineExpr linear_address(const Array& array, const std::vector<AffineExpr>& index);

/// Everything that breaks the normal form: operands that are not there or come too late, types that don't fit the
/// operation, indices that can leave an array (unless a guard of the access excludes it), stores to what must not be
/// written, weights without contents, banks of another shape, trips below 1, index expressions of the wrong rank.
Diagnostics verify(const Kernel& kernel);

/// The kernel as pseudo-code for people.
std::string to_string(const Kernel& kernel);

}  // namespace sluice
