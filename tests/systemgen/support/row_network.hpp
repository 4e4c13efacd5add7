#pragma once

#include <random>

#include "systemgen/network/token_network.hpp"

/// Networks whose kernels slide windows over rows: what a dataflow system is made for.
namespace sluice::test {

/// A network of several kernels on bytes of [channels, rows, columns]: each adds up windows of one or two tensors, at
/// random strides, paddings and sizes, and some read the whole tensor at once or look its elements up. Tensors may have
/// several readers. With channels-last streams, the channels are those of an image or, at random, its rows are.
TokenNetwork random_row_network(std::mt19937& random, StreamLayout layout = StreamLayout::row_major);

/// A network of kernels of several nests, each cut at all of the places where that is legal, at some, or nowhere.
TokenNetwork random_split_network(std::mt19937& random);

/// Kernels of which the second adds up all rows of what the first makes, as they come (frontend/loops/stream_sums.hpp).
TokenNetwork random_sum_network(std::mt19937& random);

/// One kernel that puts the elements of x [channels, rows, columns] into a random order, looking them up by number.
TokenNetwork shuffle_network(std::mt19937& random, const Shape& shape);

/// One kernel that sums up x / 2 + x / 4 + .. row by row in float32: a long chain of products and sums.
TokenNetwork series_network(const Shape& shape);

}  // namespace sluice::test
