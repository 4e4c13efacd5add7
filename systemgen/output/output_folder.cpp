#include "systemgen/output/output_folder.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace sluice {
namespace {

namespace fs = std::filesystem;

Diagnostic system_error(const fs::path& path, const std::string& what, int code) {
  std::string hint;
  if (code == ENOSPC || code == EDQUOT) hint = "make room, or choose another folder with -o";
  if (code == EACCES || code == EROFS || code == EPERM) hint = "choose a folder that you may write to with -o";
  return {path.string(), fmt::format("{}: {}", what, std::strerror(code)), hint};
}

/// Whether a folder may be replaced: it is empty or one of ours.
bool replaceable(const fs::path& folder) {
  std::error_code error;
  return fs::is_empty(folder, error) || fs::exists(folder / "report.json", error);
}

/// An absolute path without symbolic links, "." and "..", and without a slash at its end.
fs::path normal(const fs::path& path) {
  std::error_code error;
  fs::path absolute = fs::weakly_canonical(fs::absolute(path), error);
  if (error) absolute = fs::absolute(path).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

}  // namespace

Expected<OutputFolder> OutputFolder::create(const fs::path& wanted) {
  const fs::path target = normal(wanted);
  std::error_code error;
  if (target == fs::current_path(error)) {
    return Diagnostic{wanted.string(), "is the current folder, which is replaced as a whole",
                      "choose another folder with -o"};
  }
  const auto status = fs::status(target, error);
  if (fs::exists(status) && !fs::is_directory(status)) {
    return Diagnostic{wanted.string(), "is a file, not a folder", "choose another folder with -o"};
  }
  if (fs::exists(status) && !replaceable(target)) {
    return Diagnostic{wanted.string(), "has files in it that Sluice did not write (there is no report.json)",
                      "choose an empty or a new folder with -o"};
  }
  fs::create_directories(target.parent_path(), error);
  if (error) return system_error(target.parent_path(), "cannot be made", error.value());
  // A sibling, so that renaming never copies.
  std::string name = (target.parent_path() / fmt::format(".{}.XXXXXX", target.filename().string())).string();
  if (!mkdtemp(name.data())) return system_error(target.parent_path(), "cannot write there", errno);
  fs::permissions(name,
                  fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read |
                      fs::perms::others_exec,
                  error);
  return OutputFolder(name, target);
}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : temporary_(std::exchange(other.temporary_, {})), final_(std::move(other.final_)) {}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

Diagnostics OutputFolder::write(const fs::path& name, std::string_view text) {
  const fs::path path = temporary_ / name;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return {system_error(final_ / name, "cannot be written", error.value())};
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return {system_error(final_ / name, "cannot be written", errno)};
  bool good = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  int code = errno;
  if (std::fclose(file) != 0 && good) {
    good = false;
    code = errno;
  }
  if (!good) return {system_error(final_ / name, "cannot be written", code)};
  return {};
}

Diagnostics OutputFolder::publish() {
  std::error_code error;
  const fs::path old = temporary_.string() + ".old";
  const bool replaces = fs::exists(final_, error);
  if (replaces) {
    fs::rename(final_, old, error);
    if (error) return {system_error(final_, "cannot be replaced", error.value())};
  }
  fs::rename(temporary_, final_, error);
  if (error) {
    std::error_code ignored;
    if (replaces) fs::rename(old, final_, ignored);
    return {system_error(final_, "cannot be put in its place", error.value())};
  }
  temporary_.clear();
  if (replaces) fs::remove_all(old, error);
  return {};
}

}  // namespace sluice
