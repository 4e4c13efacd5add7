#pragma once

#include "core/diag/expected.hpp"
#include "frontend/onnx/survey.hpp"

namespace sluice {

/// The value of a node Constant, in any of its forms.
Expected<Tensor> constant_value(const ModelNode& node);

}  // namespace sluice
