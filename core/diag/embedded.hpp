#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace sluice {

/// A data file that the build compiled into the binary.
struct EmbeddedFile {
  std::string_view name;  ///< file name without its folder
  std::string_view text;
};

}  // namespace sluice
