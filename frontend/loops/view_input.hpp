#pragma once

#include "core/kernel/kernel.hpp"

namespace sluice {

/// Gives an input array of a kernel of one nest another shape of as many elements, and splits the loop that walks over
/// all of them in order into one for each dimension. Returns whether it could: every load must have a loop of the nest
/// for its element's number. An array that has the shape already stays as it is.
bool view_input(Kernel& kernel, ArrayId array, const Shape& shape);

}  // namespace sluice
