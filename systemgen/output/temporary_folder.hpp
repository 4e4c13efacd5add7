#pragma once

#include <filesystem>

#include "core/diag/expected.hpp"

namespace sluice {

/// A fresh folder below the system's temporary one, deleted at the end with all that is in it. Its path has no spaces
/// unless TMPDIR has.
class TemporaryFolder {
 public:
  /// An error if nothing can be written there.
  static Expected<TemporaryFolder> create();

  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }  ///< absolute

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;  ///< empty once moved from
};

}  // namespace sluice
