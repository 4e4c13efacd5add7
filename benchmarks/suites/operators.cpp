#include "benchmarks/suites/operators.hpp"

#include <fmt/format.h>
#include <onnx/defs/parser.h>

#include <stdexcept>

#include "frontend/onnx/tensor_proto.hpp"
#include "systemgen/verify/frames.hpp"

namespace sluice::bench {

onnx::ModelProto model_of(const std::string& text, const std::map<std::string, Tensor>& weights) {
  onnx::ModelProto model;
  const std::string whole = "<ir_version: 8, opset_import: [\"\" : 17]>\n" + text;
  const auto status = onnx::OnnxParser::Parse(model, whole.c_str());
  if (!status.IsOK()) throw std::invalid_argument(status.ErrorMessage());
  for (const auto& [name, tensor] : weights) *model.mutable_graph()->add_initializer() = proto_of(tensor, name);
  return model;
}

Tensor random_weights(Shape shape, std::uint64_t seed) {
  return random_tensor({ElementType::float32, std::move(shape)}, seed);
}

onnx::ModelProto convolution(const Convolution& shape) {
  const std::int64_t pad = shape.padded ? shape.kernel / 2 : 0;
  const std::int64_t size = (shape.size + 2 * pad - shape.kernel) / shape.stride + 1;
  return model_of(fmt::format("agraph (float[1,{0},{1},{1}] x) => (float[1,{2},{3},{3}] y) {{"
                              " y = Conv <group = {4}, pads = [{5},{5},{5},{5}], strides = [{6},{6}]> (x, w, b) }}",
                              shape.in, shape.size, shape.out, size, shape.groups, pad, shape.stride),
                  {{"w", random_weights({shape.out, shape.in / shape.groups, shape.kernel, shape.kernel}, 1)},
                   {"b", random_weights({shape.out}, 2)}});
}

onnx::ModelProto dense(std::int64_t in, std::int64_t out) {
  return model_of(fmt::format("agraph (float[1,{0}] x) => (float[1,{1}] y) {{ y = Gemm (x, w, b) }}", in, out),
                  {{"w", random_weights({in, out}, 1)}, {"b", random_weights({out}, 2)}});
}

onnx::ModelProto batch_matmul() {
  return model_of("agraph (float[1,4,8] A, float[1,8,4] B) => (float[1,4,4] C) { C = MatMul (A, B) }");
}

}  // namespace sluice::bench
