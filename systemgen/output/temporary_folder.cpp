#include "systemgen/output/temporary_folder.hpp"

#include <cstdlib>
#include <string>
#include <utility>

namespace sluice {

Expected<TemporaryFolder> TemporaryFolder::create() {
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  std::string name = (parent / "sluice-XXXXXX").string();
  if (error || !mkdtemp(name.data())) {
    return Diagnostic{"temporary files", "there is no place for them", "set TMPDIR to a folder that you may write to"};
  }
  return TemporaryFolder(name);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace sluice
