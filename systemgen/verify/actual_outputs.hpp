#pragma once

#include <filesystem>
#include <vector>

#include "core/diag/expected.hpp"
#include "systemgen/control/system_rtl.hpp"

namespace sluice {

/// An output port's elements, as the test bench wrote them to a file.
struct ActualOutput {
  std::vector<Tensor> frames;  ///< complete ones; bits that hardware left undefined are 0
  std::int64_t undefined = 0;  ///< elements with such bits
};

/// Elements that came in the port's order are in their places.
Expected<ActualOutput> read_actual(const std::filesystem::path& path, const StreamPort& port, std::size_t frames);

}  // namespace sluice
