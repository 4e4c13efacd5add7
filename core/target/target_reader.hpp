#pragma once

#include <string>
#include <string_view>

#include "core/diag/expected.hpp"
#include "core/target/target.hpp"

namespace sluice {

/// A target's file.
struct TargetFile {
  std::string origin;
  std::string text;
};

/// By name or path, as `Target::load` takes it.
Expected<TargetFile> find_target(const std::string& name_or_path);

/// What the JSON `text` of a target says (with "base": on top of the built-in target of that name), or everything that is wrong with it; `origin` names the file in diagnostics.
Expected<TargetData> read_target(const std::string& origin, std::string_view text);

}  // namespace sluice
