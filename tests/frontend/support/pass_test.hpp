#pragma once

#include <string>

#include "frontend/passes/pass.hpp"
#include "tests/frontend/support/models.hpp"

namespace sluice::test {

/// What a pass made of a model.
struct PassRun {
  TensorGraph before;
  TensorGraph after;
  std::size_t changes = 0;
};

/// Imports a model written as text and runs one pass on it. Fails the test unless the graph is sound after it, has its
/// inputs and outputs by name, gives on random inputs what it gave before (to `tolerance`), names every ONNX node that
/// it named before and still computes, and a second run of the pass finds nothing to do.
PassRun run_pass(const std::string& pass, const std::string& text, const Tensors& initializers = {},
                 double tolerance = 0);

}  // namespace sluice::test
