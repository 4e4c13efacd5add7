#pragma once

#include <cstddef>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// The places where the kernel may be cut into kernels of neighbouring nests, ascending: cut c is between nests c - 1
/// and c. All may be used together. Nests stay together
/// - that store to one tensor, or to one scratch array: what comes out has one maker;
/// - where one reads a scratch array before it is complete: what it reads may be of an earlier firing;
/// - where a scratch array is looked up by number, or where it can't be proved by its affine indices and guards that
///   the last nest that stores to it stores every element exactly once in a firing: it can't become a tensor;
/// - with what computes from weights alone, which nothing would tell when to start.
std::vector<std::size_t> legal_cuts(const Kernel& kernel);

/// First and last nest that have such an operation on the array; `first` above `last` if none has.
struct NestSpan {
  std::size_t first = 1;
  std::size_t last = 0;

  [[nodiscard]] bool is_empty() const { return first > last; }
  void add(std::size_t nest);
};
NestSpan loading_nests(const Kernel& kernel, ArrayId array);  ///< lookups too
NestSpan storing_nests(const Kernel& kernel, ArrayId array);

}  // namespace sluice
