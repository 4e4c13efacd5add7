#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/diag/expected.hpp"

namespace sluice {

/// A folder that appears only when it is complete: everything is written to a temporary sibling, which `publish`
/// renames. Until then an earlier folder of the name stays as it is; without `publish` nothing is left behind.
class OutputFolder {
 public:
  /// Refuses a path that is a file, a folder of something else (not empty, and without report.json), or in a place
  /// where nothing can be written.
  static Expected<OutputFolder> create(const std::filesystem::path& wanted);

  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&&) = delete;
  ~OutputFolder();

  /// Where files are until they are published; absolute.
  [[nodiscard]] const std::filesystem::path& path() const { return temporary_; }
  /// Where they will be; absolute.
  [[nodiscard]] const std::filesystem::path& final_path() const { return final_; }

  /// Writes a file; `name` is relative, its folders are made.
  Diagnostics write(const std::filesystem::path& name, std::string_view text);

  /// Puts the folder in its place; an earlier one is deleted.
  Diagnostics publish();

 private:
  OutputFolder(std::filesystem::path temporary, std::filesystem::path final_path)
      : temporary_(std::move(temporary)), final_(std::move(final_path)) {}

  std::filesystem::path temporary_;  ///< empty once published
  std::filesystem::path final_;
};

}  // namespace sluice
