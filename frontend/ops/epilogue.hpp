#pragma once

#include <string>
#include <vector>

#include "frontend/ops/op_def.hpp"

namespace sluice {

/// Appends the epilogues of `context.node` to the body and returns the value to store. `value` is the operator's own
/// result for the element `index` of output 0. Constants of one element become constants of the body, others weight
/// arrays of the kernel, broadcast as ONNX does. Every lowering calls this just before it stores output 0; it returns
/// `value` itself where there are no epilogues. The fusing pass sees to it that every epilogue has an OpDef::scalar.
Value apply_epilogues(const OpContext& context, NestBuilder& nest, Value value, const std::vector<AffineExpr>& index);

}  // namespace sluice
