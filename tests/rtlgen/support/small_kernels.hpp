#pragma once

#include <vector>

#include "core/kernel/kernel.hpp"

namespace sluice::test {

/// Kernels of neural networks, small enough to be simulated often: a convolution with padding, a matrix product, a row
/// of softmax (its exponential a low power), a row of layer normalisation, an integer matrix product with
/// requantisation and two sums in turn. All arrays that are read are inputs.
std::vector<Kernel> small_kernels();

}  // namespace sluice::test
