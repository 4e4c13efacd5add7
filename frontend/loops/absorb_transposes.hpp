#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Removes kernels that only put a tensor's axes in another order: their readers read the tensor as it was, or else its
/// maker, if nothing else reads it and it can make a row in one firing, writes it as it should be. `outputs`: the tensors
/// that leave the model. Returns how many kernels are gone.
std::size_t absorb_transposes(std::vector<Kernel>& kernels, const std::set<std::string>& outputs);

}  // namespace sluice
