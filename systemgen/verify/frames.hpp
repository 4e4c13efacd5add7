#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/diag/expected.hpp"
#include "core/tensor/tensor.hpp"
#include "systemgen/network/token_network.hpp"

namespace sluice {

/// What goes into a design in one inference, and what should come out.
struct Frame {
  std::vector<Tensor> inputs;  ///< in the order of the network's input ports
  std::vector<Tensor> golden;  ///< in the order of its output ports; empty if not known
};

struct FrameOptions {
  /// Folder of test_data_set_<k>/input_<i>.pb and output_<i>.pb, or of such files themselves; none: random inputs.
  std::optional<std::filesystem::path> folder;
  std::optional<int> frames;  ///< default: all data sets; one of random inputs
  std::uint64_t seed = 1;     ///< of random inputs
};

/// The frames to simulate. Refuses folders without data sets or with too few of them, and tensors that are not as the
/// ports want them.
Expected<std::vector<Frame>> load_frames(const TokenNetwork& network, const FrameOptions& options);

/// Random elements: floats uniform in [-1, 1], integers in [-128, 127] or [0, 255] or their type's range.
Tensor random_tensor(const TensorType& type, std::uint64_t seed);

}  // namespace sluice
