#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/diag/expected.hpp"
#include "core/tensor/tensor_graph.hpp"

namespace sluice {

struct ImportOptions {
  /// Shapes of inputs, by name: for dimensions without a size, or instead of the model's own.
  std::map<std::string, Shape> shapes;
};

/// The graph of an ONNX model, all shapes inferred and everything constant folded; or everything that is wrong with it.
/// Only what the model's outputs need is looked at. The graph's inputs are all there, read or not.
Expected<TensorGraph> import_onnx(const std::filesystem::path& path, const ImportOptions& options = {});

/// The same from a model's bytes; external data is read from `folder`.
Expected<TensorGraph> import_onnx_bytes(std::string_view bytes, const std::filesystem::path& folder,
                                        const ImportOptions& options = {});

}  // namespace sluice
