#pragma once

#include <onnx/onnx_pb.h>

#include <cstdint>

#include "systemgen/flow.hpp"

/// Models of one operator with random weights, and what the flow makes of them.
namespace sluice::test {

/// Same-padded, stride 1: x[1][in][size][size] with a kernel x kernel window to y[1][out][size][size].
onnx::ModelProto convolution(std::int64_t kernel, std::int64_t in, std::int64_t out, std::int64_t size,
                             std::int64_t groups = 1);

/// y[m][n] = x[m][k] * weights[k][n].
onnx::ModelProto product(std::int64_t m, std::int64_t k, std::int64_t n);

/// Builds the model and simulates it on random inputs; every mismatch, and cycles other than predicted, fail the test.
/// `options` says what else is wanted; its model and output are set here.
Report simulate_model(const onnx::ModelProto& model, FlowOptions options);

}  // namespace sluice::test
