#pragma once

#include <onnx/onnx_pb.h>

#include <cstdint>
#include <map>
#include <string>

#include "core/tensor/tensor.hpp"

/// Models of few operators with random weights.
namespace sluice::bench {

/// A model from ONNX's text format, "agraph (float[1,3] x) => (float[1,3] y) { y = Relu(x) }", with `weights` as
/// initializers: IR version 8, opset 17. A text that is wrong throws std::invalid_argument.
onnx::ModelProto model_of(const std::string& text, const std::map<std::string, Tensor>& weights = {});

/// float32, uniform in [-1, 1].
Tensor random_weights(Shape shape, std::uint64_t seed);

/// A square window over a square image.
struct Convolution {
  std::int64_t kernel = 3;
  std::int64_t in = 1;    ///< channels
  std::int64_t out = 1;   ///< channels
  std::int64_t size = 8;  ///< elements of a row of the input
  std::int64_t stride = 1;
  std::int64_t groups = 1;
  bool padded = true;  ///< by half the kernel on each side
};

onnx::ModelProto convolution(const Convolution& shape);     ///< with a bias
onnx::ModelProto dense(std::int64_t in, std::int64_t out);  ///< with a bias
onnx::ModelProto batch_matmul();                            ///< a batch of one, 4x8 by 8x4

}  // namespace sluice::bench
