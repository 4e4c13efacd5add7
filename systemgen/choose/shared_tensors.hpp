#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Which lanes of a kernel go together with the other kernels that access the same tensors: those whose banks are
/// blocks of the tensor in every kernel's view of it, and divide it so that the blocks of others fit.
class SharedTensors {
 public:
  explicit SharedTensors(const std::vector<Kernel>& kernels);

  /// Whether the loop of one nest of a kernel, one of them or one that stands for some, may have so many lanes. Loop 0
  /// is the innermost token loop, the nest's own follow.
  [[nodiscard]] bool allows(const Kernel& kernel, std::size_t nest, std::size_t loop, std::int64_t lanes) const;

 private:
  [[nodiscard]] bool allows(const Kernel& kernel, const Nest& nest, const Op& access, std::size_t iterator,
                            std::int64_t lanes) const;

  std::map<std::string, std::vector<Shape>> views_;  // of tensors that several kernels access
};

}  // namespace sluice
