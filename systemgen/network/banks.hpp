#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/kernel/interpreter.hpp"
#include "core/kernel/kernel.hpp"

namespace sluice {

/// A tensor that a kernel reads or writes.
struct TensorArrays {
  std::string tensor;
  ScalarType type;
  Banking banking;
  std::vector<ArrayId> arrays;  ///< by bank; not valid where the kernel has no array of a bank
};

/// The tensors behind a kernel's inputs or outputs. Arrays that are banks of one tensor, dealt out in one way, belong
/// together; a bank that comes a second time begins another view of its tensor.
std::vector<TensorArrays> tensors_of(const Kernel& kernel, ArrayRole role);

/// Puts a tensor's elements into the arrays of its banks; places without an element become 0.
void scatter(const Banking& banking, const std::vector<std::uint64_t>& tensor, const std::vector<ArrayId>& arrays,
             ArrayContents& contents);

/// A tensor's elements, row-major, from the arrays of all its banks.
std::vector<std::uint64_t> gather(const Banking& banking, const std::vector<ArrayId>& arrays,
                                  const ArrayContents& contents);

/// The same places in as few dimensions as can say them: all but the outermost are dealt out over several banks.
Banking merged(const Banking& banking);

/// The same places in a view that has a dimension begin after every `inner` elements; none if there is none.
std::optional<Banking> cut(const Banking& banking, std::int64_t inner);

/// For people: "2x1 banks of [6,4], blocks of 3x1".
std::string to_string(const Banking& banking);

}  // namespace sluice
